'use strict';
const express = require('express');
const app = express();
app.get('/boom', async () => { throw Object.assign(new Error('no'), { status: 418 }); });
app.use((err, req, res, next) => { res.status(err.status).type('text').send(`${err.name}: ${err.message}`); });
require('./ask.js')(app, '/boom');
