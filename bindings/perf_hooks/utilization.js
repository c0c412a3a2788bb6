'use strict';
// An event loop's utilization: { idle, active, utilization }, in milliseconds,
// since its start, since util1, or between util2 and util1.

function of(idle, active) { return { idle, active, utilization: active / (idle + active) }; }

function utilization(active, idle, util1, util2) {
  if (util2) return of(util1.idle - util2.idle, util1.active - util2.active);
  return util1 ? of(idle - util1.idle, active - util1.active) : of(idle, active);
}

module.exports = { utilization };
