import '@angular/compiler';
import { TestBed } from '@angular/core/testing';
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';
import { conformance } from '../conformance/conformance.ts';
import { angularDriver } from './conformance-driver.ts';

TestBed.initTestEnvironment(BrowserTestingModule, platformBrowserTesting());
conformance(angularDriver('zoneless'));
