package dev.mayfly.problems;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** Pages about problems. */
final class ProblemHtml {

    private ProblemHtml() {}

    static String list(List<ProblemPages.Explanation> all) {
        return document(
                "Problems",
                all.stream()
                        .map(problem -> "<li><a href=\"" + problem.type() + "\">" + problem.type() + "</a> "
                                + HtmlUtils.htmlEscape(problem.title()) + " (" + problem.status() + ")</li>")
                        .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>")));
    }

    static String page(ProblemPages.Explanation problem) {
        return document(
                problem.title(),
                "<p><code>" + problem.type() + "</code>, HTTP status " + problem.status() + "</p>\n<p>"
                        + HtmlUtils.htmlEscape(problem.explanation())
                        + "</p>\n<p><a href=\"/problems\">All problems</a></p>");
    }

    private static String document(String title, String body) {
        String escaped = HtmlUtils.htmlEscape(title);
        return """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%s</title>
                <style>body { max-width: 42em; margin: 2em auto; font-family: sans-serif; line-height: 1.5 }</style>
                </head>
                <body>
                <h1>%s</h1>
                %s
                </body>
                </html>
                """.formatted(escaped, escaped, body);
    }
}
