import * as echarts from 'echarts/core';
import { LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

// A canvas: drawn without styles in the page, which the policy refuses.
echarts.use([LineChart, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// The table holds what is drawn; without a script it is all there is to see.
function read(table) {
  const rows = [...table.querySelectorAll('tr[data-period]')].map((row) => ({
    period: row.dataset.period,
    percent: row.dataset.percent === '' ? null : Number(row.dataset.percent),
    verdict: row.dataset.verdict,
    running: row.dataset.running === 'true',
    ahead: row.dataset.ahead === 'true',
  }));
  return { rows, below: table.dataset.below === 'true', limit: Number(table.dataset.limit), warns: Number(table.dataset.warns), words: table.dataset };
}

function range({ rows, below, limit, warns }) {
  const values = rows.map((row) => row.percent).filter((one) => one !== null).concat(limit, warns);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = Math.max((most - least) * 0.15, limit * 0.002);
  return below ? { min: 0, max: Math.min(100, most + room) } : { min: Math.max(0, least - room), max: Math.min(100, most + room) };
}

function line(value, name, paint, position, type) {
  return { yAxis: value, name, lineStyle: { color: paint, type, width: 1.5 }, label: { formatter: name, color: paint, position, fontSize: 11.5 } };
}

function option(told) {
  const { rows, below, limit, warns, words } = told;
  const last = rows.map((row) => row.percent !== null && !row.ahead && !row.running).lastIndexOf(true);
  const dot = { PASS: colour('--good'), WARNING: colour('--warn'), BREACH: colour('--bad') };
  const ink = colour('--quiet');
  const edge = range(told);
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 30, top: 22, bottom: 4, containLabel: true },
    tooltip: {
      // Rich text: an HTML one would bring styles of its own.
      renderMode: 'richText', trigger: 'axis', confine: true,
      backgroundColor: colour('--paper'), borderColor: colour('--line'), textStyle: { color: colour('--ink') },
      formatter: (points) => {
        const row = rows[points[0].dataIndex];
        return `${row.period}${row.ahead ? ` ${words.aheadWord}` : ''}\n${row.percent === null ? words.noneWord : `${row.percent} %`}`;
      },
    },
    xAxis: { type: 'category', data: rows.map((row) => row.period), boundaryGap: false, axisLine: { lineStyle: { color: colour('--line') } }, axisTick: { show: false }, axisLabel: { color: ink, hideOverlap: true, fontSize: 11 } },
    yAxis: { type: 'value', ...edge, axisLabel: { color: ink, fontSize: 11, formatter: (value) => `${Number(value.toFixed(3))} %`, showMinLabel: below, showMaxLabel: false }, splitLine: { lineStyle: { color: colour('--line'), opacity: 0.6 } } },
    series: [
      {
        id: 'told', type: 'line', symbolSize: 7, lineStyle: { color: colour('--link'), width: 2 },
        data: rows.map((row) => (row.ahead || row.percent === null ? null : { value: row.percent, symbol: row.running ? 'emptyCircle' : 'circle', itemStyle: { color: dot[row.verdict] ?? ink } })),
        markLine: {
          silent: true, symbol: 'none',
          data: [
            line(limit, words.limitWord, colour('--bad'), below ? 'insideStartTop' : 'insideStartBottom', 'solid'),
            line(warns, words.warnsWord, colour('--warn'), below ? 'insideStartBottom' : 'insideStartTop', 'dashed'),
          ],
        },
      },
      {
        id: 'ahead', type: 'line', symbolSize: 6, symbol: 'emptyCircle', connectNulls: true, itemStyle: { color: ink }, lineStyle: { color: ink, width: 2, type: 'dotted' },
        data: rows.map((row, at) => (row.ahead || (at === last && rows.some((one) => one.ahead)) ? row.percent : null)),
      },
    ],
  };
}

// What the chart says of itself, so that it can be asked for without looking at pixels.
function tell(plot, chart) {
  const [told, ahead] = chart.getOption().series;
  const [limit, warns] = told.markLine.data;
  plot.dataset.points = told.data.filter((one) => one !== null).length;
  plot.dataset.periods = told.data.length;
  plot.dataset.limitLine = limit.yAxis;
  plot.dataset.warningLine = warns.yAxis;
  plot.dataset.aheadPoints = Math.max(0, ahead.data.filter((one) => one !== null).length - 1);
}

for (const plot of document.querySelectorAll('[data-plot]')) {
  const told = read(document.getElementById(plot.dataset.plot));
  plot.hidden = false;
  const chart = echarts.init(plot, null, { renderer: 'canvas' });
  const draw = () => {
    chart.setOption(option(told), true);
    tell(plot, chart);
  };
  draw();
  new ResizeObserver(() => chart.resize()).observe(plot);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
}
