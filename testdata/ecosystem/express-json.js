'use strict';
const express = require('express');
const app = express();
app.use(express.json());
app.post('/echo/:id', (req, res) => {
  res.status(201).set('X-Id', req.params.id).json({ id: req.params.id, query: req.query, body: req.body, type: req.get('content-type') });
});
app.use((err, req, res, next) => { res.status(err.status || 500).json({ error: err.message }); });
require('./ask.js')(app, '/echo/7?a=1&b=x%20y', {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ hello: 'wörld', n: [1, 2, 3] }),
});
