package io.orderbridge.call;

import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The connection to an SFTP server. It is cut at the deadline, whatever the server does: the
 * library's own time-outs hold for one packet each, and a server that sends one now and then would
 * never be cut off by them.
 */
final class SftpLine implements SocketFactory, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SftpLine.class);

  private final int deadlineMs;
  private final Socket socket = new Socket();
  private final CompletableFuture<Void> cut;
  private volatile boolean over;

  SftpLine(int deadlineMs) {
    this.deadlineMs = deadlineMs;
    // Closing does not block, so the timer's own thread does it.
    this.cut =
        CompletableFuture.runAsync(
            this::cutOff,
            CompletableFuture.delayedExecutor(deadlineMs, TimeUnit.MILLISECONDS, Runnable::run));
  }

  /** Whether the deadline has cut it. */
  boolean isOver() {
    return over;
  }

  private void cutOff() {
    over = true;
    disconnect();
  }

  private void disconnect() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debugf("sftp.close failed why=%s", e.getMessage());
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    socket.connect(new InetSocketAddress(host, port), deadlineMs);
    return socket;
  }

  @Override
  public InputStream getInputStream(Socket of) throws IOException {
    return of.getInputStream();
  }

  @Override
  public OutputStream getOutputStream(Socket of) throws IOException {
    return of.getOutputStream();
  }

  @Override
  public void close() {
    cut.cancel(false);
    disconnect();
  }
}
