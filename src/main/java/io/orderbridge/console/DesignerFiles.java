package io.orderbridge.console;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Date;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Script, style, pictures and catalogue of the designer. */
@Path("/console/designer")
public class DesignerFiles {
  private final Pages pages;
  private final DesignerFolder folder;

  DesignerFiles(Pages pages, DesignerFolder folder) {
    this.pages = pages;
    this.folder = folder;
  }

  /** One of its files; the browser asks each time whether it has changed. */
  @GET
  @Path("/{name}")
  @Operation(hidden = true)
  public Response file(@PathParam("name") String name, @Context Request request) {
    return pages.page(Rights.FILES, () -> answer(name, request));
  }

  private Response answer(String name, Request request) {
    java.nio.file.Path file = folder.file(name);
    try {
      Date changed = new Date(Files.getLastModifiedTime(file).toMillis());
      Response.ResponseBuilder same = request.evaluatePreconditions(changed);
      Response.ResponseBuilder answer = same == null ? Response.ok(file.toFile()) : same;
      return answer
          .type(DesignerFolder.type(name))
          .lastModified(changed)
          .header("Cache-Control", "private, no-cache")
          .header("Content-Security-Policy", "default-src 'none'; sandbox")
          .header("X-Content-Type-Options", "nosniff")
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
