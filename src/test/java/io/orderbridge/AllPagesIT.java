package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebDriverException;

/**
 * Every page of the console that links lead to, in the shop of the demo: no page has to be named
 * here. What each page does is the business of its own test.
 */
class AllPagesIT {
  private static final int ALIKE = 1;
  // A browser that has seen some hundred pages with all that is logged of them may die of it.
  private static final int AT_ONCE = 25;
  // What partners and people wrote, and identifiers, are as they are.
  private static final String ENGLISH =
      """
      const copy = document.querySelector('main').cloneNode(true);
      copy.querySelectorAll('code, pre, textarea, input, select, svg, [lang=en], [data-said]')
        .forEach(e => e.replaceWith('|'));
      copy.querySelectorAll('td, th, p, li, dd, dt, h1, h2, h3, label, span, a, b, button')
        .forEach(e => e.append('|'));
      return (copy.textContent.match(/[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,}){3,}/g) || []).join(' // ');\
      """;
  private static final String LINKS =
      """
      return [...document.querySelectorAll("a[href^='/console']")]
        .map(a => a.getAttribute('href').split('#')[0]).join('\\n');\
      """;
  private static final String CHINESE =
      """
      const copy = document.body.cloneNode(true);
      copy.querySelectorAll('textarea, [data-said]').forEach(e => e.remove());
      return [...copy.querySelectorAll(
        'h1, h2, th, label, button, legend, nav, .empty, .tile span')]
        .filter(e => !e.closest('[lang=zh]'))
        .map(e => e.textContent).filter(t => /[\\u4e00-\\u9fff]/.test(t)).join(' // ');\
      """;

  @Test
  @Tag("R60")
  void each_role_opens_every_page_of_its_navigation_and_is_told_of_no_other() {
    List<String> wrong = new ArrayList<>();
    for (Role role : Role.values()) {
      try (Browser browser = DemoShop.open().browser(role)) {
        browser.open("/console");
        List<String> paths =
            browser.all(".side a").stream().map(one -> one.getDomAttribute("href")).toList();
        for (String path : paths) {
          browser.open(path);
          if (!browser.all(".problem").isEmpty()) {
            wrong.add(role + " " + path + ": " + browser.find(".problem").getText());
          }
        }
        assertThat(paths.contains("/console/users")).isEqualTo(role == Role.OWNER);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  @Tag("R61")
  void every_page_is_fit_for_everybody_and_speaks_the_language_of_who_looks() {
    List<String> wrong = new ArrayList<>();
    List<String> pages;
    try (Browser browser = DemoShop.open().browser()) {
      pages = pages(browser, wrong);
      assertThat(pages.size()).as("pages that links lead to: " + pages).isGreaterThan(10);
      still(browser);
    }
    Deque<String> ahead = new ArrayDeque<>(pages);
    Set<String> died = new HashSet<>();
    while (!ahead.isEmpty()) {
      try (Browser browser = DemoShop.open().browser()) {
        for (int i = 0; i < AT_ONCE && !ahead.isEmpty(); i++) {
          look(browser, ahead.peek(), wrong);
          ahead.poll();
        }
        still(browser);
      } catch (WebDriverException e) {
        // A browser dies now and then; of a page twice, and it is the page.
        if (!died.add(ahead.peek())) {
          wrong.add(ahead.poll() + ": the browser dies of it: " + e.getRawMessage());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void still(Browser browser) {
    assertThat(browser.complaints()).as("what the browser complains of").isEmpty();
    assertThat(browser.asked())
        .as("nothing of another place is asked for")
        .allMatch(address -> address.startsWith(DemoShop.open().product().uri("/").toString()));
  }

  // Some of each kind: what differs in names and numbers only is one kind.
  private static List<String> pages(Browser browser, List<String> wrong) {
    Deque<String> ahead = new ArrayDeque<>(List.of("/console"));
    Set<String> seen = new HashSet<>(ahead);
    Map<String, Integer> kinds = new HashMap<>();
    List<String> pages = new ArrayList<>();
    while (!ahead.isEmpty()) {
      String path = ahead.poll();
      if (kinds.merge(kind(path), 1, Integer::sum) > ALIKE) {
        continue;
      }
      browser.open(path);
      if (browser.all("main").isEmpty() || !browser.all(".problem").isEmpty()) {
        wrong.add(path + ": " + browser.text());
        continue;
      }
      pages.add(path);
      // By one look: a page that changes by itself changes its links as well.
      for (String to : browser.script(LINKS).toString().split("\n")) {
        // What other tests bring has no file of its own.
        if (!to.isEmpty() && !to.contains("/of/own-") && seen.add(to)) {
          ahead.add(to);
        }
      }
    }
    return pages;
  }

  private static String kind(String path) {
    String[] parts = path.split("[?]", 2);
    String[] steps = parts[0].split("/");
    String section = steps.length > 2 ? steps[2] : "";
    String last = steps[steps.length - 1].matches("[a-z-]+") ? steps[steps.length - 1] : "";
    String query = parts.length > 1 ? parts[1].replaceAll("=[^&]*", "") : "";
    return section + " " + steps.length + " " + last + " " + query;
  }

  private static void look(Browser browser, String path, List<String> wrong) {
    browser.wide(1440).prefers("light").open(path).language("zh");
    String english = browser.script(ENGLISH).toString();
    if (!english.isEmpty()) {
      wrong.add(path + " in Chinese shows English: " + english);
    }
    browser.prefers("dark").language("en");
    say(wrong, path + " dark", browser.barriers());
    String chinese = browser.script(CHINESE).toString();
    if (!chinese.isEmpty()) {
      wrong.add(path + " in English shows Chinese: " + chinese);
    }
    browser.wide(390).prefers("light");
    say(wrong, path + " light on a phone", browser.barriers());
    if (browser.overflow() > 0) {
      wrong.add(path + " is " + browser.overflow() + " px wider than a phone");
    }
  }

  private static void say(List<String> wrong, String where, List<String> barriers) {
    barriers.forEach(one -> wrong.add(where + ": " + one));
  }
}
