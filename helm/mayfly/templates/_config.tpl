{{- /* application.yaml of a component; the operator's settings go before ours. Call with (dict "root" $ "component" ... "values" ...). */}}
{{- define "mayfly.config" -}}
{{- $ours := include (printf "mayfly.config.%s" .component) . | fromYaml }}
{{- $theirs := mergeOverwrite (deepCopy .root.Values.config) (deepCopy .values.config) }}
{{- mergeOverwrite $ours $theirs | toYaml }}
{{- end }}

{{- define "mayfly.config.control-plane" -}}
mayfly:
  role: control-plane
  cluster:
    workers:
      - dns://{{ include "mayfly.workerName" .root }}:8080
    {{- if .root.Values.cluster.tls.enabled }}
    ssl-bundle: cluster
    {{- end }}
  modules:
    store: database
  disks:
    store: database
    store-cache: {{ .values.diskCache }}
    max-upload: {{ .values.maxDisk }}
    max-content: {{ .values.maxDisk }}
  {{- if include "mayfly.callsBack" .root }}
  callbacks:
    allow: {{ .root.Values.callbacks.allow | toJson }}
    allow-private: {{ .root.Values.callbacks.allowPrivate | toJson }}
  {{- end }}
  scheduling:
    drain-timeout: {{ .values.drainSeconds }}s
{{- include "mayfly.config.spring" (list (include "mayfly.config.database" .root) (include "mayfly.config.tls" .root)) }}
{{- end }}

{{- define "mayfly.config.worker" -}}
mayfly:
  role: worker
  engine: {{ .root.Values.engine.type }}
  {{- if .root.Values.cluster.tls.enabled }}
  cluster:
    ssl-bundle: cluster
  {{- end }}
  worker:
    module-cache: {{ .values.moduleCache }}
    disk-cache: {{ .values.diskCache }}
  scheduling:
    {{- with .values.slots }}
    slots: {{ . }}
    {{- end }}
    drain-timeout: {{ .values.drainSeconds }}s
{{- include "mayfly.config.spring" (list (include "mayfly.config.tls" .root)) }}
{{- end }}

{{- define "mayfly.config.all" -}}
mayfly:
  role: all
  engine: {{ .root.Values.engine.type }}
  {{- if include "mayfly.callsBack" .root }}
  callbacks:
    allow: {{ .root.Values.callbacks.allow | toJson }}
    allow-private: {{ .root.Values.callbacks.allowPrivate | toJson }}
  {{- end }}
  scheduling:
    drain-timeout: {{ .values.drainSeconds }}s
{{- include "mayfly.config.spring" (list (include "mayfly.config.database" .root)) }}
{{- end }}

{{- define "mayfly.config.spring" -}}
{{- with without . "" }}
spring:
  {{- join "\n" . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "mayfly.config.database" -}}
{{- if include "mayfly.usesDatabase" . }}
profiles:
  active: postgres
datasource:
  url: {{ include "mayfly.databaseUrl" . | quote }}
# At a first start the database may be slower than we are.
flyway:
  connect-retries: 30
  connect-retries-interval: 2s
{{- end }}
{{- end }}

{{- define "mayfly.config.tls" -}}
{{- if .Values.cluster.tls.enabled }}
ssl:
  bundle:
    pem:
      cluster:
        reload-on-update: true
        keystore:
          certificate: file:/tls/tls.crt
          private-key: file:/tls/tls.key
        truststore:
          certificate: file:/tls/ca.crt
{{- end }}
{{- end }}
