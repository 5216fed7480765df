/**
 * Prints a self-contained page without leaving this one: it lies in a frame of its own out of sight, where no script runs. Resolves once the system's
 * print dialog has it. The frame goes when that dialog is closed, or with the next print where no dialog says that it was. The focus stays where it is:
 * keys pressed afterwards (Escape, above all) are for the place from which was printed.
 */
export function printPage(html: string): Promise<void> {
  return new Promise((resolve, reject) => {
    document.querySelector('.print-frame')?.remove();
    const frame = document.createElement('iframe');
    frame.title = '';
    frame.setAttribute('aria-hidden', 'true');
    frame.setAttribute('sandbox', 'allow-same-origin allow-modals');
    frame.className = 'print-frame';
    frame.addEventListener(
      'load',
      () => {
        const page = frame.contentWindow;
        if (page === null) {
          frame.remove();
          reject(new Error('The page to print could not be opened.'));
          return;
        }
        page.addEventListener('afterprint', () => frame.remove(), { once: true });
        page.print();
        resolve();
      },
      { once: true },
    );
    frame.srcdoc = html;
    document.body.append(frame);
  });
}
