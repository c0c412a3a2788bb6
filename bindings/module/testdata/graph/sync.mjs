import { push } from './order.mjs';
push('sync');
