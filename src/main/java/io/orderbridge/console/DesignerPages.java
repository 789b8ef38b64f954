package io.orderbridge.console;

import io.orderbridge.console.FileEditor.Typed;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Wording;
import io.orderbridge.release.FileKind;
import io.orderbridge.release.FilePath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * A route in the visual designer. It changes nothing: what was drawn goes to the page of the file
 * as if it were typed, to be tried and released there.
 */
@Path(FileViews.LIST + FilePages.ONE + "/design")
public class DesignerPages {
  private static final String ROUTE_END = ".camel.yaml";
  // The designer brings pictures within its style, and sets the places of what is drawn. No other
  // page allows that.
  private static final String POLICY =
      Pages.POLICY.replace("img-src 'self'", "img-src 'self' data:; font-src 'self'");
  private static final String FRESH =
      """
      - route:
          id: %s
          description: ''
          from:
            uri: ''
            steps: []
      """;

  private final Pages pages;
  private final DesignerFolder designer;
  private final FileEditor editor;

  DesignerPages(Pages pages, DesignerFolder designer, FileEditor editor) {
    this.pages = pages;
    this.designer = designer;
    this.editor = editor;
  }

  /** The text in force; of a file that is not there yet, an empty route. */
  @GET
  @Operation(hidden = true)
  public Response open(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file) {
    return pages.page(
        Rights.FILES,
        () -> {
          FilePath path = route(folder, system, file);
          return draw(
              editor.isThere(path)
                  ? editor.inForce(path)
                  : new Typed(path, FRESH.formatted(id(path)), "", "", ""));
        });
  }

  /** What somebody has typed on the page of the file. */
  @POST
  @Operation(hidden = true)
  public Response typed(
      @PathParam("folder") String folder,
      @PathParam("system") String system,
      @PathParam("file") String file,
      MultivaluedMap<String, String> form) {
    return pages.act(
        Rights.FILES,
        form.getFirst("csrf"),
        () -> {
          Typed typed = Typed.of(route(folder, system, file), form);
          return typed.text().isBlank() ? open(folder, system, file) : draw(typed);
        });
  }

  private FilePath route(String folder, String system, String file) {
    if (!designer.isThere()) {
      throw new Declined(
          Declined.Kind.MISSING,
          Wording.of(
              "没有安装可视化设计器；请管理员按 docs/console.md“可视化设计器”一节安装",
              "the visual designer is not installed; an administrator installs it as"
                  + " docs/console.md says under 'The visual designer'"));
    }
    FilePath path = FileEditor.path(folder + "/" + system + "/" + file);
    if (path.kind() != FileKind.ROUTE) {
      throw new Declined(
          Declined.Kind.WRONG,
          Wording.of("只有路由可以在设计器中打开", "only a route is opened in the designer"));
    }
    return path;
  }

  private static String id(FilePath path) {
    return path.file().substring(0, path.file().length() - ROUTE_END.length());
  }

  private Response draw(Typed typed) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("title", typed.path().toString());
    model.put("path", typed.path().toString());
    model.put("page", FileViews.page(typed.path()));
    model.put("text", typed.text());
    model.put("from", typed.from());
    model.put("reason", typed.reason());
    return Response.fromResponse(pages.render("design", model))
        .header("Content-Security-Policy", null)
        .header("Content-Security-Policy", POLICY)
        .build();
  }
}
