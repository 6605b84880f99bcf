// `ng build` compiles the templates instead, and leaves this line out.
import '@angular/compiler';
import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { OsmtalkEventMap } from 'osmtalk-widget';
import 'osmtalk-widget';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <p id="status">{{ status() }}</p>
    <button type="button" (click)="shown.set(!shown())">Hide or show the widget</button>
    @if (shown()) {
      <osmtalk-widget
        agent-id="agent_receptionist"
        api-key="osm_demo"
        base-url="http://localhost:4002"
        [dynamicVariables]="variables"
        (osmtalk-open)="status.set('Open')"
        (osmtalk-call-end)="onCallEnd($event)"
      />
    }
  `,
})
class App {
  readonly variables = { 'first name': 'Ada' };
  readonly shown = signal(true);
  readonly status = signal('Not talked yet');

  onCallEnd(event: OsmtalkEventMap['osmtalk-call-end']) {
    this.status.set(event.detail.connected ? 'Talked' : 'No call');
  }
}

await bootstrapApplication(App);
