"""How the reader's output is read; needs no framework, so that measuring starts quickly."""

import reader_sample

CLASSES = len(reader_sample.CHARACTERS) + 1  # 0 is "nothing" (blank)
COLUMNS = 32


def decoded(text, head="ctc"):
    """Rows and confidences out of probabilities: for each picture two lists of (character, confidence)."""
    out = []
    for rows in text.reshape(len(text), 2, -1, CLASSES):
        reading = []
        for row in rows:
            best, sure, last, line = row.argmax(-1), row.max(-1), 0, []
            for column, which in enumerate(best):
                if which and (head != "ctc" or which != last):
                    line.append([reader_sample.CHARACTERS[which - 1], float(sure[column])])
                elif which:
                    line[-1][1] = max(line[-1][1], float(sure[column]))
                last = which
            reading.append(line)
        out.append(reading)
    return out
