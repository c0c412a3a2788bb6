import './tla_first.mjs';
import './sync.mjs';
import './tla_second.mjs';
import { push, order } from './order.mjs';
push('both');
export { order };
