// A picture that was fetched, drawn on a canvas: it has no address, is in no cache and cannot be dragged away. Brightness and
// zoom are the business of whoever shows it; they change the view and never the picture.
import { type CSSProperties, useEffect, useRef } from 'react';

interface Props {
  picture: ImageBitmap;
  label: string;
  className?: string;
  style?: CSSProperties;
}

export function PictureCanvas({ picture, label, className, style }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    // Setting the size clears what stood there before.
    if (!canvas.current || !context) return;
    canvas.current.width = picture.width;
    canvas.current.height = picture.height;
    context.drawImage(picture, 0, 0);
  }, [picture]);
  return <canvas ref={canvas} role="img" aria-label={label} className={className} style={style} />;
}
