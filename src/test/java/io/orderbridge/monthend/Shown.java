package io.orderbridge.monthend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Product;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What the product shows of a period by its API. */
final class Shown {
  private static final Pattern SHEET = Pattern.compile("<sheet [^>]*name=\"([^\"]+)\"");

  private final Product product;
  private final LocalDate from;
  private final LocalDate to;

  Shown(Product product, LocalDate from, LocalDate to) {
    this.product = product;
    this.from = from;
    this.to = to;
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** The newest run of each day. */
  Map<LocalDate, JsonNode> runs(String reconciliation) {
    String path = "/api/reconciliations/%s/runs?from=%s&to=%s";
    Map<LocalDate, JsonNode> newest = new TreeMap<>();
    for (JsonNode run : list(product.json(path.formatted(reconciliation, from, to)).path("runs"))) {
      newest.merge(
          LocalDate.parse(run.path("from").asText()),
          run,
          (one, other) ->
              one.path("version").asInt() > other.path("version").asInt() ? one : other);
    }
    return newest;
  }

  /** Open breaks as {@link Truth} writes them. */
  List<String> breaks(String reconciliation) {
    String path = "/api/breaks?state=OPEN&limit=1000&reconciliation=" + reconciliation;
    return list(product.json(path).path("breaks")).stream()
        .map(
            one ->
                "%s,%s,%s,%d"
                    .formatted(
                        one.path("reconciliation").asText(),
                        one.path("key").asText(),
                        one.path("class").asText(),
                        new BigDecimal(one.path("gap").asText("0"))
                            .movePointRight(2)
                            .longValueExact()))
        .sorted()
        .toList();
  }

  /** All snapshots of the books, with all their versions and hashes. */
  List<JsonNode> snapshots(Collection<String> books) {
    List<JsonNode> all = new ArrayList<>();
    for (String book : books) {
      String path = "/api/books/%s/snapshots?from=%s&to=%s";
      all.addAll(list(product.json(path.formatted(book, from, to)).path("snapshots")));
    }
    return all;
  }

  /** Whether the chain of a book stands. */
  JsonNode verified(String book) {
    return product.json("/api/books/%s/verify".formatted(book));
  }

  List<JsonNode> deadLetters() {
    return list(product.json("/api/dead-letters").path("deadLetters"));
  }

  /** Books of which nothing is there for a day. */
  List<String> missing(LocalDate day) {
    return list(product.json("/api/books/awaited?day=" + day).path("missing")).stream()
        .map(one -> one.path("book").asText())
        .toList();
  }

  /** Asks a source for a period once more, as an operator does. */
  void readAgain(String source, LocalDate first, LocalDate last) {
    String body =
        "{\"from\": \"%sT00:00:00+08:00\", \"to\": \"%sT00:00:00+08:00\", \"reason\": \"again\"}"
            .formatted(first, last.plusDays(1));
    HttpResponse<String> answer = product.post("/api/sources/" + source + "/read-again", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  /** Windows of a source over the period that were read and proved since then. */
  long provedSince(String source, Instant since) {
    String path = "/api/sources/%s/windows?from=%sT00:00:00%%2B08:00&to=%sT00:00:00%%2B08:00";
    return list(product.json(path.formatted(source, from, to.plusDays(1))).path("windows")).stream()
        .filter(window -> window.path("state").asText().equals("PROVED"))
        .filter(window -> Instant.parse(window.path("readAt").asText()).isAfter(since))
        .count();
  }

  /** What remains unexplained of a run, by currency. */
  List<BigDecimal> remainders(JsonNode run) {
    String path = "/api/reconciliations/runs/%d/waterfall".formatted(run.path("id").asLong());
    JsonNode told = product.json(path);
    assertThat(told.path("waterfalls").isArray()).as(told.toString()).isTrue();
    return list(told.path("waterfalls")).stream()
        .map(one -> new BigDecimal(one.path("remainder").asText()))
        .toList();
  }

  /** The names of the sheets of the workbook of a run. */
  List<String> sheets(JsonNode run) {
    String path = "/api/reconciliations/runs/%d/report.xlsx?lang=en";
    HttpRequest asked =
        HttpRequest.newBuilder(product.uri(path.formatted(run.path("id").asLong()))).build();
    try {
      byte[] book = HttpClient.newHttpClient().send(asked, BodyHandlers.ofByteArray()).body();
      ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(book));
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals("xl/workbook.xml")) {
          Matcher sheet = SHEET.matcher(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
          return sheet.results().map(one -> one.group(1)).toList();
        }
      }
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
