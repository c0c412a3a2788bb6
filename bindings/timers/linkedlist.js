'use strict';
// A circular doubly linked list whose head is an item like the others.

function init(list) {
  list._idleNext = list;
  list._idlePrev = list;
  return list;
}

// The oldest item.
function peek(list) { return list._idlePrev === list ? null : list._idlePrev; }

function remove(item) {
  if (item._idleNext) item._idleNext._idlePrev = item._idlePrev;
  if (item._idlePrev) item._idlePrev._idleNext = item._idleNext;
  item._idleNext = null;
  item._idlePrev = null;
}

function append(list, item) {
  if (item._idleNext || item._idlePrev) remove(item);
  item._idleNext = list._idleNext;
  item._idlePrev = list;
  list._idleNext._idlePrev = item;
  list._idleNext = item;
}

function isEmpty(list) { return list._idleNext === list; }

module.exports = { init, peek, remove, append, isEmpty };
