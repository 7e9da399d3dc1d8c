import '../../../demo/style.css';
import '../../../demo/chat.css';
import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app.ts';

bootstrapApplication(App).catch(reportError);
