package io.orderbridge.alert;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server: takes any sign-in and any mail by SMTP, and keeps what came. */
public final class MailServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<Mail> mails = new CopyOnWriteArrayList<>();

  /** Who gets it, and its lines, headers included. */
  public record Mail(List<String> to, String text) {}

  public MailServer() {
    try {
      socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "mail-server");
    thread.setDaemon(true);
    thread.start();
  }

  public String server() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  public List<Mail> mails() {
    return List.copyOf(mails);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        serve(client);
      } catch (IOException e) {
        // Closed, or the other side hung up: the next one is served.
      }
    }
  }

  private void serve(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    List<String> to = new ArrayList<>();
    say(client, "220 here");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String verb = line.split(" ", 2)[0].toUpperCase();
      switch (verb) {
        case "EHLO" -> say(client, "250-here", "250 AUTH PLAIN LOGIN");
        case "AUTH" -> say(client, "235 welcome");
        case "RCPT" -> {
          to.add(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
          say(client, "250 ok");
        }
        case "DATA" -> {
          say(client, "354 go on");
          mails.add(new Mail(List.copyOf(to), data(in)));
          say(client, "250 kept");
        }
        case "QUIT" -> say(client, "221 bye");
        default -> say(client, "250 ok");
      }
    }
  }

  private static String data(BufferedReader in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); !line.equals("."); line = in.readLine()) {
      lines.add(line);
    }
    return String.join("\n", lines);
  }

  private static void say(Socket client, String... lines) throws IOException {
    String text = String.join("\r\n", lines) + "\r\n";
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }
}
