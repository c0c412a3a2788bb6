// exit: 1
'use strict';
// The report shows where an error was thrown, its stack where it was made.
const error = new Error('made here');
function rethrow() {
  try {
    throw error;
  } catch (caught) {
    if (caught) throw caught;
  }
}
rethrow();
