package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.Counterpart;
import io.orderbridge.Heart;
import io.orderbridge.call.CallComponent;
import io.orderbridge.call.TokenComponent;
import io.orderbridge.call.TokenStore;
import io.orderbridge.call.Tokens;
import io.orderbridge.runtime.LoadedFolder;
import io.orderbridge.signing.RequestSigners;
import io.orderbridge.signing.SignableRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectComponent;

/**
 * The shipped folders of vendors at work: real routes, mappings, signatures and calls between one
 * that plays the vendor and a test that hands over messages and keeps the receipts.
 */
final class VendorStage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final Counterpart vendor = new Counterpart();
  final Map<String, String> environment = new HashMap<>();
  final List<Object> receipts = new CopyOnWriteArrayList<>();

  private final Heart heart = Heart.fresh();
  private final Tokens tokens = new Tokens(new TokenStore(heart.database), heart.clock);
  private final LoadedFolder product = new LoadedFolder(heart, tokens);
  private final Path folder;

  VendorStage(Path folder) {
    this.folder = folder;
  }

  /** Starts the shipped folder with every address of it at the one that plays the vendor. */
  void start(String system) throws IOException {
    copy(Path.of("routes", system), folder.resolve("routes").resolve(system));
    copy(Path.of("mappings", system), folder.resolve("mappings").resolve(system));
    copy(Path.of("mappings/rules"), folder.resolve("mappings/rules"));
    String prefix = system.toUpperCase().replace('-', '_');
    environment.put(prefix + "_ENABLED", "true");
    environment.putIfAbsent(prefix + "_URL", vendor.url());
    begin();
  }

  /** As {@link #start}, with one text of a file replaced. */
  void start(String system, String file, String from, String to) throws IOException {
    copy(Path.of("mappings/rules"), folder.resolve("mappings/rules"));
    copy(Path.of("routes", system), folder.resolve("routes").resolve(system));
    copy(Path.of("mappings", system), folder.resolve("mappings").resolve(system));
    Path path = folder.resolve("routes").resolve(system).resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
    environment.put(system.toUpperCase() + "_ENABLED", "true");
    begin();
  }

  private void begin() {
    product.camel.addComponent("call", new CallComponent(product.calls, tokens, heart.clock));
    product.camel.addComponent("token", new TokenComponent(tokens));
    // What gives routes their message and takes their receipts is not at work here.
    for (String scheme : List.of("notices", "inbox", "windows", "alerts")) {
      product.camel.addComponent(scheme, new DirectComponent());
    }
    assertThat(product.load(folder, environment::get)).isEmpty();
    try {
      product.camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("notices:receipts")
                  .process(exchange -> receipts.add(exchange.getMessage().getBody()));
            }
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Hands a body to a route. */
  Exchange give(String endpoint, Object body) {
    return product.camel.createFluentProducerTemplate().to(endpoint).withBody(body).send();
  }

  /** The message of every test, with what differs. */
  static Map<String, Object> message(Object... more) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", "N123");
    message.put("channel", "sms");
    message.put("notice", "shipped");
    message.put("to", "13800138000");
    message.put("title", "您的订单已发货");
    message.put("text", "您的订单已发货，单号 SF123。");
    message.put("link", "https://orders.example/8209");
    message.put("vendor", vendor("T1", "thing1", "王女士", "character_string2", "SF123"));
    message.put("order", Map.of("shop", "tmall-one", "number", "8209"));
    message.put("at", "2026-11-20T10:00:00Z");
    for (int i = 0; i < more.length; i += 2) {
      message.put(more[i].toString(), more[i + 1]);
    }
    return message;
  }

  static Map<String, Object> vendor(String template, String... values) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      named.put(values[i], values[i + 1]);
    }
    return Map.of("template", template, "signature", "店铺名", "values", named);
  }

  Counterpart.Request asked(int index) {
    return vendor.requests().get(index);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(text, e);
    }
  }

  /** What an exchange ended with, as JSON. */
  static JsonNode told(Exchange exchange) {
    assertThat(exchange.getException()).isNull();
    return JSON.valueToTree(exchange.getMessage().getBody());
  }

  JsonNode receipt(int index) {
    JsonNode all = JSON.valueToTree(receipts.get(0));
    return all.isArray() ? all.get(index) : all;
  }

  /** Whether a request is signed as the vendor wants it. */
  boolean fits(Counterpart.Request asked, String... settings) {
    Map<String, String> named = new TreeMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      named.put(settings[i], settings[i + 1]);
    }
    String path = asked.path();
    int mark = path.indexOf('?');
    return RequestSigners.fits(
        named,
        new SignableRequest(
            asked.method(),
            vendor.url() + (mark < 0 ? path : path.substring(0, mark)),
            form(mark < 0 ? "" : path.substring(mark + 1)),
            asked.headers(),
            null,
            asked.body().getBytes(StandardCharsets.UTF_8)));
  }

  static Map<String, String> form(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Override
  public void close() {
    product.close();
    vendor.close();
    heart.close();
  }
}
