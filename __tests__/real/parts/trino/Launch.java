import io.trino.server.Server;

/** Starts the server, whose own launcher is not published as a jar. */
public final class Launch {
  public static void main(String[] args) {
    new Server().start("435");
  }
}
