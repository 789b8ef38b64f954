package io.orderbridge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/**
 * The designer in a browser, used as a person does: by mouse on the canvas, by keys in its forms.
 * Steps are named by their place, such as {@code from.steps.0.to}.
 */
final class Drawing {
  private static final String SEARCH = "input[aria-label='Filter by name, description or tag']";
  private static final String TAKE = "#ob-form button";

  // So often in a row it is seen in the same place.
  private static final int STILL = 4;

  private final Browser browser;

  /** Waits until the page on which the browser is has opened the route. */
  Drawing(Browser browser) {
    this.browser = browser;
    Await.until(
        "the designer",
        Browser.SOON,
        () -> "open".equals(browser.script("return document.body.dataset.state")));
  }

  /** Says what the route is for. */
  Drawing describe(String text) {
    press("[data-testid='custom-group__route'] .custom-group__container__text");
    press(".form-tabs #All");
    return type("#.description", text);
  }

  /** Where the route begins. */
  Drawing begin(String scheme, String name) {
    choose("from", "replace", scheme);
    return fill("from", "#.parameters.name", name);
  }

  /** Puts the first step in its place: of the route, or of a step that holds others. */
  Drawing first(String within, String tile) {
    fit();
    press("[data-testid='placeholder-node__route.%s.steps.0.placeholder'] div".formatted(within));
    return pick(tile);
  }

  /** Puts a step after another, from its menu. */
  Drawing append(String after, String tile) {
    return choose(after, "append", tile);
  }

  private Drawing choose(String step, String act, String tile) {
    fit();
    WebElement node = there(node(step));
    browser.mouse(mouse -> mouse.contextClick(node));
    press("[data-testid='context-menu-item-%s']".formatted(act));
    return pick(tile);
  }

  private Drawing pick(String tile) {
    there(SEARCH).sendKeys(tile);
    // Kaoto waits for who types, and shows the whole catalogue meanwhile.
    Await.until("found " + tile, Browser.SOON, () -> onlyTilesOf(tile));
    press("[data-testid='tile-header-%s']".formatted(tile));
    gone(SEARCH);
    return this;
  }

  private boolean onlyTilesOf(String word) {
    String texts = "return [...document.querySelectorAll('.tile')].map(tile => tile.textContent)";
    return ((List<?>) browser.script(texts))
        .stream().allMatch(text -> text.toString().toLowerCase(Locale.ROOT).contains(word));
  }

  /** Fills in one field of a step. */
  Drawing fill(String step, String field, String text) {
    fit();
    press(node(step));
    return type(field, text);
  }

  /** Fills in a step that holds others. */
  Drawing fillGroup(String step, String field, String text) {
    fit();
    press("[data-testid='custom-group__route.%s'] .custom-group__container__text".formatted(step));
    return type(field, text);
  }

  private Drawing type(String field, String text) {
    WebElement input = there(".canvas-sidebar [name='%s']".formatted(field));
    input.clear();
    input.sendKeys(text);
    press("[data-testid=close-side-bar]");
    gone(".canvas-sidebar");
    return this;
  }

  /**
   * Moves a step onto another by dragging: it comes after one that stood below, before one above.
   */
  Drawing drag(String step, String onto) {
    fit();
    WebElement from = there(node(step));
    WebElement to = there(node(onto));
    // In steps, as a hand moves: what is dragged is noticed by the first, the place by the last.
    browser.mouse(
        mouse ->
            mouse
                .moveToElement(from)
                .clickAndHold()
                .moveByOffset(4, 4)
                .moveByOffset(8, 8)
                .moveToElement(to)
                .moveByOffset(2, 2));
    return this;
  }

  /** Lets go what is dragged. */
  Drawing drop() {
    browser.mouse(Actions::release);
    return this;
  }

  /** The steps on the canvas by what is read below them, from top to bottom. */
  List<String> steps() {
    return browser.all("g.custom-node").stream()
        .sorted(Comparator.comparing(node -> node.getRect().getY()))
        .map(node -> node.getDomAttribute("data-nodelabel"))
        .toList();
  }

  /** What the page says of it: changed or not. */
  String said() {
    return browser.find("#ob-said").getText();
  }

  /** The text that the page would take to the file. */
  String text() {
    return browser.find("#ob-form textarea").getDomProperty("value");
  }

  boolean mayBeTaken() {
    return browser.find(TAKE).isEnabled();
  }

  /** Leads to the page of the file, with what was drawn. */
  Browser take() {
    Await.until("something is drawn", Browser.SOON, this::mayBeTaken);
    return browser.press(TAKE);
  }

  private static String node(String step) {
    return "[data-testid='custom-node__route.%s'] .custom-node__container".formatted(step);
  }

  private void fit() {
    press("#reset-view");
  }

  private void press(String css) {
    WebElement element = there(css);
    browser.mouse(mouse -> mouse.click(element));
  }

  private void gone(String css) {
    Await.until("no more " + css, Browser.SOON, () -> browser.all(css).isEmpty());
  }

  /** The only one that fits, once it is there and has lain still for a moment. */
  private WebElement there(String css) {
    List<Rectangle> seen = new ArrayList<>();
    WebElement[] found = new WebElement[1];
    Await.until(
        css,
        Browser.SOON,
        () -> {
          try {
            found[0] = browser.find(css);
            if (found[0].isDisplayed()) {
              seen.add(found[0].getRect());
            }
            int all = seen.size();
            return all >= STILL
                && seen.subList(all - STILL, all).stream().distinct().limit(2).count() == 1;
          } catch (WebDriverException e) {
            seen.clear();
            return false;
          }
        });
    return found[0];
  }
}
