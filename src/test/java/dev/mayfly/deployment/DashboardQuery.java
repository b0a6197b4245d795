package dev.mayfly.deployment;

/**
 * A query of a dashboard or of a file of rules, as it stands there, with Grafana's variables in it.
 *
 * @param dashboard title of the dashboard, or name of the group of rules
 * @param panel title of the panel, or name of the rule
 * @param expr PromQL
 */
public record DashboardQuery(String dashboard, String panel, String expr) {}
