'use strict';
exports.runMain = () => {
  const f = process.argv[1];
  require('internal/modules/cjs/loader').load(f[0] === '/' ? f : `${process.cwd()}/${f}`);
};
