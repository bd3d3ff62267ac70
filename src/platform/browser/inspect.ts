import { inspect as nodeInspect } from 'node-inspect-extracted';
import type { Platform } from '../platform.js';

export const inspect: Platform['inspect'] = (value) => nodeInspect(value);
