// Sổ trích xuất: what left the house as a file.
export const exports = {
  title: ['Sổ trích xuất', 'Register of exports'],
  hint: ['Mỗi lần trích xuất lượt xe: ai, lúc nào, phạm vi nào, vì sao, và dấu băm của tệp. Đọc sổ này cũng được ghi nhật ký.', 'Each export of passes: who, when, of what, why, and the hash of the file. Reading it is on record as well.'],
  none: ['Chưa có lần trích xuất nào.', 'Nothing was exported yet.'],
  by: ['Người trích xuất', 'By'],
  what: ['Phạm vi', 'Of what'],
  rows: ['Lượt xe', 'Passes'],
  file: ['Tệp', 'File'],
} as const;
