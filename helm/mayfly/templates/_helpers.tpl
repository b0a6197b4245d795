{{- define "mayfly.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "mayfly.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "mayfly.name" .) .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "mayfly.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- /* Labels that never change; call with (dict "root" $ "component" "worker"). */}}
{{- define "mayfly.selector" -}}
app.kubernetes.io/name: {{ include "mayfly.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "mayfly.labels" -}}
{{ include "mayfly.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: mayfly
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "mayfly.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{- define "mayfly.serviceAccount" -}}
{{- if .root.Values.serviceAccount.create }}
{{- printf "%s-%s" (include "mayfly.fullname" .root) .component }}
{{- else }}
{{- default "default" .root.Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- /* The component that serves the API. */}}
{{- define "mayfly.front" -}}
{{- ternary "all" "control-plane" (eq .Values.mode "single") }}
{{- end }}

{{- /* What workers are found by, and their certificate is for. */}}
{{- define "mayfly.workerName" -}}
{{- printf "%s-worker.%s.svc.%s" (include "mayfly.fullname" .) .Release.Namespace .Values.clusterDomain }}
{{- end }}

{{- define "mayfly.clusterSecret" -}}
{{- default (include "mayfly.fullname" .) .Values.cluster.existingSecret }}
{{- end }}

{{- define "mayfly.accessSecret" -}}
{{- default (include "mayfly.fullname" .) .Values.access.existingSecret }}
{{- end }}

{{- define "mayfly.callbackSecret" -}}
{{- default (include "mayfly.fullname" .) .Values.callbacks.existingSecret }}
{{- end }}

{{- define "mayfly.callsBack" -}}
{{- if or .Values.callbacks.allow .Values.callbacks.allowPrivate }}true{{ end }}
{{- end }}

{{- define "mayfly.postgresqlSecret" -}}
{{- default (include "mayfly.fullname" .) .Values.postgresql.existingSecret }}
{{- end }}

{{- define "mayfly.usesDatabase" -}}
{{- if or .Values.postgresql.enabled .Values.database.external.url }}true{{ end }}
{{- end }}

{{- define "mayfly.databaseUrl" -}}
{{- if .Values.postgresql.enabled }}
{{- printf "jdbc:postgresql://%s-postgresql:5432/mayfly" (include "mayfly.fullname" .) }}
{{- else }}
{{- .Values.database.external.url }}
{{- end }}
{{- end }}

{{- /* What values may not be combined, said better than a pod that does not start could. */}}
{{- define "mayfly.check" -}}
{{- if and (eq .Values.mode "cluster") (not (include "mayfly.usesDatabase" .)) }}
{{- fail "control planes need a database: set postgresql.enabled, or database.external.url and .existingSecret" }}
{{- end }}
{{- if and (not .Values.postgresql.enabled) .Values.database.external.url (not .Values.database.external.existingSecret) }}
{{- fail "database.external.existingSecret names no Secret with the user's name and password" }}
{{- end }}
{{- if and .Values.cluster.tls.enabled (not .Values.cluster.tls.existingSecret) }}
{{- fail "cluster.tls.existingSecret names no Secret with tls.crt, tls.key and ca.crt" }}
{{- end }}
{{- if and .Values.engine.runtimeClassName (eq .Values.engine.type "microvm") }}
{{- fail "engine.runtimeClassName isolates pods that have no /dev/kvm: use it with engine.type wasmtime" }}
{{- end }}
{{- end }}
