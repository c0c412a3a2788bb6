import * as ns from './cycle_a.mjs';
import { a, early } from './cycle_a.mjs';
export let b = early();
let seen;
try { seen = a; } catch (e) { seen = `${e.name}: ${e.message}`; }
let keys;
try { keys = Object.keys(ns).join(); } catch (e) { keys = `${e.name}: ${e.message}`; }
export const tdz = [seen, keys, Reflect.ownKeys(ns).length, 'a' in ns];
export function readA() { return a; }
export function hoisted() { return 'hoisted'; }
