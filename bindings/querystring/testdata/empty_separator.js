'use strict';
// An array without elements is a separator or an equals sign that never comes.
const qs = require('querystring');
console.log(qs.parse('a=b&c=d', []), qs.parse('a=b&c=d', '&', []), qs.parse('a=b', ''));
