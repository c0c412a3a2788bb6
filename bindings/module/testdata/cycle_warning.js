require('./cycle/a');
