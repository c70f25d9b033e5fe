/** The run from its start to its end: live bytes along it, births and deaths, collections; a marker to move. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { go } from '../session/session.ts';
import { moment, phase, run, strip, unit, width } from '../session/state.ts';
import { bytesText } from '@moult/picture';
import { axisOf, chartOf, type Frame, sampleAt, type Scale, scaleOf } from './chart.ts';

function useSize(): readonly [{ readonly current: HTMLDivElement | null }, Frame] {
  const room = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Frame>({ width: 1096, height: 144 });
  useLayoutEffect(() => {
    if (room.current === null) return;
    const watch = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect;
      if (box !== undefined) setSize({ width: Math.round(box.width), height: Math.round(box.height) });
    });
    watch.observe(room.current);
    return () => watch.disconnect();
  }, []);
  return [room, size];
}

export function Scrubber(): JSX.Element {
  const [room, size] = useSize();
  const data = strip.value;
  const now = moment.value;
  const length = run.value?.length ?? 0;
  const scale = scaleOf(data, length, size, width.value === 'narrow');
  const dragging = useRef(false);
  const seek = (event: PointerEvent): void => {
    const box = room.current?.getBoundingClientRect();
    if (box !== undefined) go({ kind: 'moment', at: scale.momentAt(event.clientX - box.left) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction =
      event.key === 'ArrowRight' || event.key === 'ArrowUp'
        ? 1
        : event.key === 'ArrowLeft' || event.key === 'ArrowDown'
          ? -1
          : 0;
    const pages = event.key === 'PageUp' ? 1 : event.key === 'PageDown' ? -1 : 0;
    if (direction !== 0) go({ kind: 'step', unit: event.shiftKey ? 'call' : unit.value, direction, count: 1 });
    else if (pages !== 0 && now !== null) go({ kind: 'moment', at: now.at + (pages * length) / 20 });
    else if (event.key === 'Home') go({ kind: 'place', text: 'start' });
    else if (event.key === 'End') go({ kind: 'moment', at: length });
    else return;
    event.preventDefault();
  };
  const text = now === null ? 'No run yet' : `instruction ${now.at} of ${length}`;
  return (
    <div
      class="scrubber"
      ref={room}
      role="slider"
      tabIndex={0}
      aria-label="Moment of the run"
      aria-valuemin={0}
      aria-valuemax={length}
      aria-valuenow={now?.at ?? 0}
      aria-valuetext={text}
      aria-disabled={now === null}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (now === null) return;
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        seek(event);
      }}
      onPointerMove={(event) => dragging.current && seek(event)}
      onPointerUp={() => (dragging.current = false)}
    >
      <svg width={size.width} height={size.height} aria-hidden="true">
        {data === null ? null : <Chart scale={scale} />}
        {now === null ? null : <Marker x={scale.x(now.at)} scale={scale} />}
        {now === null ? null : <Figures x={scale.x(now.at)} at={now.at} scale={scale} />}
      </svg>
      {data === null ? (
        <p class="strip-note">
          {phase.value === 'ran'
            ? 'Measuring the run.'
            : phase.value === 'running'
              ? 'Running.'
              : 'The run will be drawn here.'}
        </p>
      ) : null}
    </div>
  );
}

function Chart({ scale }: { readonly scale: Scale }): JSX.Element {
  const chart = chartOf(scale);
  return (
    <>
      <defs>
        <pattern id="strip-cut" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" class="cut-soft" />
          <rect width="2.2" height="6" class="cut-hatch" />
        </pattern>
      </defs>
      {scale.compact ? null : <Legend many={scale.data?.lines === null} />}
      {chart.ticks.map(({ y, text }) => (
        <g key={text}>
          <path d={`M${scale.left} ${y}H${scale.right}`} class="rule" />
          {scale.compact ? null : (
            <text x={scale.left - 10} y={y + 4} class="axis" text-anchor="end">
              {text}
            </text>
          )}
        </g>
      ))}
      <path d={chart.area} class="live-area" />
      <path d={chart.cut} fill="url(#strip-cut)" />
      <path d={chart.line} class="live-line" />
      {chart.collections.map(({ x, text, generation }) => (
        <g key={x}>
          <path d={`M${x} ${scale.compact ? scale.top : 22}V${scale.bottom}`} class="collection" />
          <path d={`m${x} ${scale.compact ? 4 : 11} 5 5-5 5-5-5z`} class="diamond">
            <title>{text}</title>
          </path>
          {generation === null || scale.compact ? null : (
            <text x={x - 10} y={20} class="sans scr" text-anchor="end">
              {text}
            </text>
          )}
        </g>
      ))}
      {scale.compact
        ? null
        : axisOf(scale, moment.value?.before ?? null).map(({ x, text, now, label }) => (
            <g key={`${x} ${text}`}>
              {label ? (
                <text x={x} y={scale.bottom + 22} class="sans third" text-anchor="end">
                  {text}
                </text>
              ) : (
                <>
                  {now ? <rect x={x - 15} y={scale.bottom + 8} width="30" height="20" rx="4" class="now" /> : null}
                  <text x={x} y={scale.bottom + 22} class={now ? 'axis now' : 'axis'} text-anchor="middle">
                    {text}
                  </text>
                </>
              )}
            </g>
          ))}
      {scale.compact
        ? null
        : chart.births.map(({ x, count }) => (
            <circle key={`b${x}`} cx={x} cy={scale.bottom + 37} r="3" class="born">
              <title>{count} born</title>
            </circle>
          ))}
      {scale.compact
        ? null
        : chart.deaths.map(({ x, count }) => (
            <circle
              key={`d${x}`}
              cx={x + (chart.births.some((b) => b.x === x) ? 9 : 0)}
              cy={scale.bottom + 37}
              r="2.6"
              class="died"
            >
              <title>{count} died</title>
            </circle>
          ))}
    </>
  );
}

function Legend({ many }: { readonly many: boolean }): JSX.Element {
  return (
    <>
      <text x="30" y="20" class="sans second">
        Live bytes of this program’s objects
      </text>
      {many ? null : (
        <>
          <circle cx="282" cy="16" r="3" class="born" />
          <text x="291" y="20" class="sans third">
            born
          </text>
          <circle cx="335" cy="16" r="2.6" class="died" />
          <text x="344" y="20" class="sans third">
            died
          </text>
        </>
      )}
    </>
  );
}

/** What lives at the moment, beside its marker. */
function Figures({
  x,
  at,
  scale,
}: {
  readonly x: number;
  readonly at: number;
  readonly scale: Scale;
}): JSX.Element | null {
  if (scale.data === null || scale.compact) return null;
  const { live, cut } = sampleAt(scale.data, at);
  const left = x > (scale.left + scale.right) / 2;
  const place = { x: left ? x - 10 : x + 10, 'text-anchor': left ? 'end' : 'start' } as const;
  return (
    <>
      <text {...place} y={scale.bottom - 19} class="figure live">
        {bytesText(live)} live
      </text>
      {cut === null || cut === 0 ? null : (
        <text {...place} y={scale.bottom - 4} class="figure cut">
          {bytesText(cut)} unreachable
        </text>
      )}
    </>
  );
}

function Marker({ x, scale }: { readonly x: number; readonly scale: Scale }): JSX.Element {
  return (
    <g class="marker" transform={`translate(${x} 0)`}>
      <path d={`M0 ${scale.top - 10}V${scale.bottom + 6}`} />
      <path d={`M-6 ${scale.top - 16}h12v7l-6 6-6-6z`} class="head" />
    </g>
  );
}
