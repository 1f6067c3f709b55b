/** How far a filing is once its file has arrived: rows read so far or to be checked, then values stored of all. */
export type Progress = { phase: 'reading' | 'checking' | 'storing'; done: number; of?: number };

export type Tell = (progress: Progress) => void;
