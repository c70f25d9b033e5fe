/** The run from its start to its end: live bytes along it, births and deaths, collections; a marker to move. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { go } from '../session/session.ts';
import { moment, phase, run, strip, unit, width } from '../session/state.ts';
import { axisOf, chartOf, type Frame, type Scale, scaleOf } from './chart.ts';

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
      {scale.compact ? null : (
        <text x="30" y="20" class="sans second">
          Live bytes of this program’s objects
        </text>
      )}
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
        : axisOf(scale).map(({ x, text, now, label }) => (
            <g key={`${x} ${text}`}>
              {label ? (
                <text x={x} y={scale.bottom + 22} class="sans third" text-anchor="end">
                  {text}
                </text>
              ) : (
                <text x={x} y={scale.bottom + 22} class={now ? 'axis now' : 'axis'} text-anchor="middle">
                  {text}
                </text>
              )}
            </g>
          ))}
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
