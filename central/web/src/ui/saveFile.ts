// Hands a file to the browser's own saving. The address lives for this moment only and is never shown or fetched by the page: the
// content policy allows no such address for anything a page loads.
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Taken back once the browser has begun to read.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
