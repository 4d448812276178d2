"use strict";
(() => {
  const charts = [];
  const root = document.documentElement;
  const number = v => v == null || Number.isNaN(v) ? "–" : Math.abs(v) >= 10 ? Math.round(v).toLocaleString("en-US") : String(+v.toPrecision(3));
  const percent = v => v == null || Number.isNaN(v) ? "–" : Math.round(v * 100) + "%";
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const month = year => months[Math.min(11, Math.floor((year % 1) * 12))] + " " + Math.floor(year);
  const escape = text => String(text).replace(/[&<>"]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;" })[c]);

  // What Charts.cs may ask a custom series to draw.
  const drawings = {
    // The area between a low and a high line, in one piece for each stretch without gaps.
    band: series => (params, api) => {
      const at = series.data, i = params.dataIndex;
      if (at[i][1] == null || (i > 0 && at[i - 1][1] != null)) return null;
      let end = i;
      while (end + 1 < at.length && at[end + 1][1] != null) end++;
      const points = [];
      for (let k = i; k <= end; k++) points.push(api.coord([at[k][0], at[k][2]]));
      for (let k = end; k >= i; k--) points.push(api.coord([at[k][0], at[k][1]]));
      return { type: "polygon", silent: true, shape: { points }, style: { fill: series.color, opacity: series.opacity } };
    },
    // A published figure: a bar from low to high with a dot at each end.
    whisker: series => (params, api) => {
      const a = api.coord([api.value(0), api.value(1)]), b = api.coord([api.value(0), api.value(2)]);
      return { type: "group", children: [
        { type: "line", shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }, style: { stroke: series.color, lineWidth: 2 } },
        ...[a, b].map(p => ({ type: "circle", shape: { cx: p[0], cy: p[1], r: 4 }, style: { fill: series.color, stroke: color("--paper"), lineWidth: 1 } })),
      ] };
    },
    // How far a bar may reach, on its row.
    reach: series => (params, api) => {
      const a = api.coord([api.value(0), api.value(2)]), b = api.coord([api.value(1), api.value(2)]);
      const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: series.color, lineWidth: 1.5 } });
      return { type: "group", children: [line(a[0], a[1], b[0], b[1]), line(a[0], a[1] - 5, a[0], a[1] + 5), line(b[0], b[1] - 5, b[0], b[1] + 5)] };
    },
  };

  const color = name => getComputedStyle(root).getPropertyValue(name).trim();

  // Puts in what JSON cannot hold: colors of the theme, drawing functions, number formats.
  function complete(node, font) {
    for (const key of Object.keys(node)) {
      const value = node[key];
      if (typeof value === "string") {
        const name = /^var\((.*)\)$/.exec(value);
        if (name) node[key] = color(name[1]);
        else if (value === "inherit") node[key] = font;
        else if (key === "formatter" && value === "number") node[key] = v => Math.abs(v) >= 1e6 ? v / 1e6 + "M" : number(v);
        else if (key === "formatter" && value === "percent") node[key] = percent;
        else if (key === "formatter" && value === "year") node[key] = String;
      } else if (value && typeof value === "object") {
        complete(value, font);
      }
    }
    return node;
  }

  function tooltip(option) {
    const format = option.yAxis.axisLabel.formatter === percent || option.xAxis.axisLabel.formatter === percent ? percent : number;
    const row = p => `<tr><td>${p.marker || ""}${escape(p.name && p.seriesName === "published" ? p.name : p.seriesName)}</td><td style="text-align:right;padding-left:1em">${value(p)}</td></tr>`;
    const value = p => {
      const v = Array.isArray(p.value) ? p.value : [null, p.value];
      if (p.seriesName === "by how activities are coded") return `${percent(v[0])} – ${percent(v[1])}`;
      if (option.tooltip.kind === "category") return format(Array.isArray(p.value) ? v[0] : p.value);
      return v.length > 2 ? (v[1] === v[2] ? format(v[1]) : `${format(v[1])} – ${format(v[2])}`) : format(v[1]);
    };
    if (option.tooltip.kind === "item") return p => escape(p.name);
    return all => {
      const head = option.tooltip.kind === "category" ? escape(all[0].axisValueLabel || all[0].name) : option.xAxis.name ? `${number(all[0].axisValue)} ${escape(option.xAxis.name)}` : month(all[0].axisValue);
      const seen = all.filter(p => p.seriesName !== "single runs" && !p.seriesName.endsWith(", interval"));
      return `<b>${head}</b><table>${(seen.length > 6 ? seen.reverse() : seen).map(row).join("")}</table>`;
    };
  }

  function draw(box, width) {
    const option = complete(JSON.parse(box.nextElementSibling.textContent), getComputedStyle(document.body).fontFamily);
    for (const series of option.series)
      if (series.type === "custom") series.renderItem = drawings[series.renderItem](series);
    option.tooltip.formatter = tooltip(option);
    let chart = echarts.getInstanceByDom(box) || echarts.init(box, null, { renderer: "svg", width });
    chart.resize({ width: width || "auto" });
    chart.setOption(option, true);
    return chart;
  }

  const drawAll = width => document.querySelectorAll(".chart").forEach((box, i) => { charts[i] = draw(box, width); });

  document.querySelectorAll("details.data").forEach(d => { d.open = false; });
  drawAll();

  // A legend entry shows and hides its series.
  document.querySelectorAll(".legend button").forEach(button => button.addEventListener("click", () => {
    const off = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!off));
    echarts.getInstanceByDom(button.closest("figure").querySelector(".chart")).dispatchAction({ type: "legendToggleSelect", name: button.textContent });
  }));

  let wait;
  addEventListener("resize", () => { clearTimeout(wait); wait = setTimeout(() => charts.forEach(c => c.resize({ width: "auto" })), 120); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll());
  addEventListener("beforeprint", () => { root.classList.add("paper"); document.querySelectorAll("details.print").forEach(d => { d.open = true; }); drawAll(680); });
  addEventListener("afterprint", () => { root.classList.remove("paper"); drawAll(); });
})();
