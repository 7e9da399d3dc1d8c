export {};
import * as z from 'zod';
import './good.ts';
