/** A checkpoint on a mountain road at dawn: decoration only. */
export function GateScene() {
  return (
    <svg className="scene" viewBox="0 0 480 320" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
      <path className="scene-far" d="M-40 320V226l86-58 60 38 74-76 66 66 58-46 84 62 60-34 92 60v82z" />
      <circle className="scene-sun" cx="240" cy="240" r="33" />
      <path className="scene-near" d="M-40 320v-58l120-34 96 28q64 -14 128 4l104-32 112 40v52z" />
      <path className="scene-road" d="M224 266h32l96 54H128z" />
      <path className="scene-fence" d="M-40 236h184v8H-40zM336 236h184v8H336zM-40 256h184v6H-40zM336 256h184v6H336zM-20 228h7v44h-7zM20 228h7v44h-7zM60 228h7v44h-7zM100 228h7v44h-7zM373 228h7v44h-7zM413 228h7v44h-7zM453 228h7v44h-7zM493 228h7v44h-7z" />
      <path className="scene-gate" d="M138 164l30-34h144l30 34c5 6 1 12-6 12H144c-7 0-11-6-6-12ZM164 182h18v92h-18zM298 182h18v92h-18zM146 192h188v14H146z" />
      <path className="scene-ridge" d="M166 126h148v7H166z" />
    </svg>
  );
}
