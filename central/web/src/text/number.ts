// Numbers the Vietnamese way in both languages: what stands on the screen is what stands in the filed report.

const WHOLE = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });

/** 12.345 */
export function numberText(value: number): string {
  return WHOLE.format(value);
}

/** 98,5 %. Rounded down, so that 99,97 % never reads as all. */
export function shareText(share: number): string {
  return `${TENTHS.format(Math.floor(share * 1000) / 10)} %`;
}
