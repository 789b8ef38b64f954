package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Server-sent events, read as a browser reads them. For one thread. */
final class EventLines implements AutoCloseable {
  private final HttpURLConnection connection;
  private final BufferedReader lines;

  private EventLines(HttpURLConnection connection) throws IOException {
    this.connection = connection;
    this.lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * @param silenceMax how long nothing may come; comments are something
   */
  static EventLines open(URI address, String token, Duration silenceMax) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setRequestProperty("Authorization", "Bearer " + token);
      connection.setRequestProperty("Accept", "text/event-stream");
      connection.setReadTimeout((int) silenceMax.toMillis());
      EventLines events = new EventLines(connection);
      assertThat(connection.getContentType()).startsWith("text/event-stream");
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The data of the next event of this name. */
  String next(String name) {
    try {
      StringBuilder data = new StringBuilder();
      boolean named = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty() && named && data.length() > 0) {
          return data.toString();
        } else if (line.isEmpty()) {
          named = false;
          data.setLength(0);
        } else if (line.startsWith("event:")) {
          named = line.substring("event:".length()).strip().equals(name);
        } else if (line.startsWith("data:")) {
          data.append(line.substring("data:".length()).strip());
        }
      }
      throw new AssertionError("the stream ended before an event '%s'".formatted(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
