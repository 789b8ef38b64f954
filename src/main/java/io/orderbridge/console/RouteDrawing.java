package io.orderbridge.console;

import io.orderbridge.release.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps of a route as boxes and lines, and as rows with numbers for who does not see them. One
 * below the other; what is done within a step stands further right, branches as in the file.
 */
final class RouteDrawing {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 44;
  private static final int GAP = 14;
  private static final int INDENT = 36;
  // So many letters of 7 px go into a box; the row beside it has the whole text.
  private static final int LETTERS = 48;

  private final List<Map<String, Object>> boxes = new ArrayList<>();
  private final List<Map<String, Object>> lines = new ArrayList<>();
  private int deepest;

  private RouteDrawing() {}

  /** {@code boxes}, {@code lines}, {@code width}, {@code height}. */
  static Map<String, Object> of(List<Step> routes) {
    RouteDrawing drawing = new RouteDrawing();
    int number = 0;
    for (Step route : routes) {
      drawing.add(route, Integer.toString(++number), 0);
    }
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("boxes", drawing.boxes);
    model.put("lines", drawing.lines);
    model.put("width", drawing.deepest * INDENT + WIDTH + 2);
    model.put("height", Math.max(1, drawing.boxes.size() * (HEIGHT + GAP)));
    return model;
  }

  private int add(Step step, String number, int depth) {
    int top = boxes.size() * (HEIGHT + GAP) + 1;
    int left = depth * INDENT + 1;
    deepest = Math.max(deepest, depth);
    Map<String, Object> box = new LinkedHashMap<>();
    box.put("x", left);
    box.put("y", top);
    box.put("width", WIDTH);
    box.put("height", HEIGHT);
    box.put("textX", left + 10);
    box.put("kindY", top + 18);
    box.put("textY", top + 35);
    box.put("number", number);
    box.put("kind", step.kind());
    box.put("tone", tone(step));
    box.put("text", step.text());
    box.put("short", shortened(step.text()));
    boxes.add(box);
    int stem = left + INDENT / 2;
    int below = 0;
    for (Step one : step.below()) {
      int at = add(one, number + "." + ++below, depth + 1);
      lines.add(Map.of("path", "M%d %dV%dH%d".formatted(stem, top + HEIGHT, at, left + INDENT)));
    }
    return top + HEIGHT / 2;
  }

  private static String shortened(String text) {
    return text.length() <= LETTERS ? text : text.substring(0, LETTERS - 1) + "…";
  }

  private static String tone(Step step) {
    return switch (step.kind()) {
      case "from" -> "start";
      case "to", "toD", "wireTap", "enrich", "pollEnrich", "poll" -> "out";
      case "choice", "when", "otherwise", "filter", "split", "multicast", "loop" -> "branch";
      case "errorHandling", "onException", "doTry", "doCatch", "doFinally", "stop" -> "error";
      default -> "step";
    };
  }
}
