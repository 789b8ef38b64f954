package io.orderbridge;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser on the pages of one product, as a person uses it. For one thread. */
final class Browser implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(20);
  private static final int HEIGHT = 900;
  private static final int SHOT_HEIGHT_MAX = 6000;
  private static final int PICTURE_QUALITY = 70;
  private static final Pattern SHEET = Pattern.compile("/Type /Page\\b");
  private static final Path SHOTS = Path.of("target/console");

  private final String base;
  private final ChromeDriver driver;
  private final List<String> asked = new ArrayList<>();
  private final String axe;

  /** Opens nothing yet; finds browser and driver by the script beside the tests. */
  Browser(Product product) {
    base = product.uri("").toString();
    List<String> programs = programs();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(programs.get(0));
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--no-proxy-server",
        "--force-device-scale-factor=1",
        "--window-size=1440," + HEIGHT);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable("browser", Level.ALL);
    logs.enable("performance", Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(programs.get(1)))
                .usingAnyFreePort()
                .build(),
            options);
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> programs() {
    try {
      Process script =
          new ProcessBuilder("src/test/scripts/chromium").redirectErrorStream(true).start();
      List<String> lines =
          new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      if (script.waitFor() != 0 || lines.size() < 2) {
        throw new IllegalStateException("no browser: " + lines);
      }
      return lines.subList(lines.size() - 2, lines.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Signed in by this cookie, {@code name=value}. */
  Browser holding(String cookie) {
    String[] parts = cookie.split("=", 2);
    open("/login");
    driver.manage().deleteAllCookies();
    driver.manage().addCookie(new Cookie(parts[0], parts[1]));
    return this;
  }

  Browser open(String path) {
    driver.get(base + path);
    return this;
  }

  /** How wide the page is from now on. */
  Browser wide(int pixels) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", pixels < 700));
    return this;
  }

  /** Which colours the system of the person asks for. */
  Browser prefers(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            "",
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    return this;
  }

  /** As it would be printed, until {@link #prefers}. */
  Browser onPaper() {
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    return this;
  }

  /** On how many sheets of A4 the page is printed. */
  long sheets() {
    Map<String, Object> printed =
        driver.executeCdpCommand("Page.printToPDF", Map.of("preferCSSPageSize", true));
    byte[] pdf = Base64.getDecoder().decode((String) printed.get("data"));
    return SHEET.matcher(new String(pdf, StandardCharsets.ISO_8859_1)).results().count();
  }

  Browser language(String language) {
    if (!driver.findElement(By.tagName("html")).getDomAttribute("lang").startsWith(language)) {
      press("button[lang=" + language + "]");
    }
    return this;
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Presses what leads to another page, and waits until it is there. */
  Browser press(String css) {
    WebElement before = find("html");
    find(css).click();
    Await.until(
        "the next page",
        SOON,
        () -> {
          try {
            return !before.equals(driver.findElement(By.tagName("html"))) && ready();
          } catch (WebDriverException e) {
            return false;
          }
        });
    return this;
  }

  Browser type(String css, String text) {
    find(css).clear();
    find(css).sendKeys(text);
    return this;
  }

  /** Strikes keys wherever the cursor is. */
  Browser strike(CharSequence keys) {
    new Actions(driver).sendKeys(keys).perform();
    return this;
  }

  /** Moves and presses the mouse. */
  Browser mouse(UnaryOperator<Actions> moves) {
    moves.apply(new Actions(driver)).perform();
    return this;
  }

  /** What a person reads. */
  String text() {
    return find("body").getText();
  }

  String path() {
    return driver.getCurrentUrl().substring(base.length());
  }

  Object script(String script) {
    return driver.executeScript(script);
  }

  private boolean ready() {
    return "complete".equals(script("return document.readyState"));
  }

  /** What a machine finds against WCAG 2 A and AA on the page, with the place. */
  @SuppressWarnings("unchecked")
  List<String> barriers() {
    driver.executeScript(axe);
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run({
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
              resultTypes: ['violations'], preload: false, iframes: false}).then(
              r => done(r.violations.flatMap(v => v.nodes.map(
                n => v.id + ' ' + n.html.slice(0, 160) + ' ' + n.failureSummary))));\
            """);
    return (List<String>) found;
  }

  /** What keeps somebody from this page: wide and in the dark, in the light and on a phone. */
  List<String> unfit() {
    List<String> wrong = new ArrayList<>();
    wide(1440).prefers("dark").barriers().forEach(one -> wrong.add("dark: " + one));
    wide(390).prefers("light").barriers().forEach(one -> wrong.add("phone: " + one));
    if (overflow() > 0) {
      wrong.add(overflow() + " px wider than a phone");
    }
    return wrong.stream().map(one -> driver.getCurrentUrl() + " " + one).toList();
  }

  /** By how many pixels the page is wider than the screen. */
  long overflow() {
    return (Long)
        script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  /** What the browser complained of: policies, scripts, what could not be loaded. */
  List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Every address that was asked for, from the beginning. */
  List<String> asked() {
    for (LogEntry entry : driver.manage().logs().get("performance").getAll()) {
      var message = Caller.read(entry.getMessage()).path("message");
      if (message.path("method").asText().equals("Network.requestWillBeSent")) {
        String address = message.at("/params/request/url").asText();
        // The empty page that a browser begins with, and the pictures of its own controls.
        if (!address.startsWith("data:")) {
          asked.add(address);
        }
      }
    }
    return asked;
  }

  /** Keeps a picture of the whole page for who wants to see it. */
  Browser shoot(String name) {
    long height =
        Math.min(SHOT_HEIGHT_MAX, (Long) script("return document.documentElement.scrollHeight"));
    long width = (Long) script("return document.documentElement.clientWidth");
    Map<String, Object> shot =
        shot(
            Map.of(
                "format",
                "png",
                "captureBeyondViewport",
                true,
                "clip",
                Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
    keep(SHOTS, name + ".png", shot);
    return this;
  }

  /** Keeps what a screen of this width shows first, small enough for docs. */
  Browser picture(String name) {
    keep(
        SHOTS.resolve("docs"),
        name + ".webp",
        shot(Map.of("format", "webp", "quality", PICTURE_QUALITY)));
    return this;
  }

  // Chromium now and then answers for the page before, although it says that this one is loaded.
  private Map<String, Object> shot(Map<String, Object> how) {
    try {
      return driver.executeCdpCommand("Page.captureScreenshot", how);
    } catch (WebDriverException e) {
      return driver.executeCdpCommand("Page.captureScreenshot", how);
    }
  }

  private static void keep(Path folder, String name, Map<String, Object> shot) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name), Base64.getDecoder().decode((String) shot.get("data")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
