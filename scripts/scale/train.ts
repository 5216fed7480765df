// Training from the gradebook, as the Model screen starts it. A stage of scripts/scale.ts: FOLDER.
import { call, openApplication } from './school.ts';

const application = openApplication();
const ended = new Promise<string>((resolve) =>
  application.onEvent((event) => {
    if (event.type === 'job' && event.job.state !== 'running') resolve(event.job.error?.message ?? event.job.state);
  }),
);
await call(application, 'model.train', {});
const end = await ended;
if (end !== 'done') throw new Error(end);
const { provenance } = await call(application, 'model.diagnostics', {});
await application.close();
console.log(JSON.stringify({ students: provenance.students, answers: provenance.answers }));
