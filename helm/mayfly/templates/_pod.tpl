{{- /* The template of a pod of ours. Call with (dict "root" $ "component" ... "values" ...). */}}
{{- define "mayfly.pod" -}}
{{- $root := .root }}
{{- $worker := eq .component "worker" }}
{{- $database := and (not $worker) (include "mayfly.usesDatabase" $root) }}
{{- $tls := and $root.Values.cluster.tls.enabled (ne .component "all") }}
{{- $scheme := ternary "HTTPS" "HTTP" (and $tls $worker) }}
metadata:
  labels:
    {{- include "mayfly.labels" . | nindent 4 }}
    {{- with .values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    # Changed settings make new pods.
    checksum/config: {{ include "mayfly.config" . | sha256sum }}
    checksum/keys: {{ $root.Values.access.keys | toJson | sha256sum }}
    {{- with .values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "mayfly.serviceAccount" . }}
  automountServiceAccountToken: false
  # Variables that Kubernetes makes of Services would be taken for settings: MAYFLY_PORT.
  enableServiceLinks: false
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  {{- with .values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- if and $worker $root.Values.engine.runtimeClassName }}
  runtimeClassName: {{ $root.Values.engine.runtimeClassName }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    {{- if and (ne .component "control-plane") (eq $root.Values.engine.type "microvm") $root.Values.engine.kvm.group }}
    supplementalGroups: [{{ $root.Values.engine.kvm.group }}]
    {{- end }}
    seccompProfile:
      type: RuntimeDefault
  # The pause before SIGTERM, the drain, and something to spare.
  terminationGracePeriodSeconds: {{ add 5 .values.drainSeconds 10 }}
  containers:
    - name: mayfly
      image: {{ include "mayfly.image" $root }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      securityContext:
        allowPrivilegeEscalation: false
        privileged: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      ports:
        - name: http
          containerPort: 8080
      env:
        {{- include "mayfly.env" . | nindent 8 }}
      startupProbe:
        httpGet: {path: /actuator/health/liveness, port: http, scheme: {{ $scheme }}}
        periodSeconds: 2
        timeoutSeconds: 3
        failureThreshold: 90
      livenessProbe:
        httpGet: {path: /actuator/health/liveness, port: http, scheme: {{ $scheme }}}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: {path: /actuator/health/readiness, port: http, scheme: {{ $scheme }}}
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 2
      lifecycle:
        preStop:
          # Until everyone has heard that no requests are to be sent here any more.
          sleep: {seconds: 5}
      resources:
        {{- include "mayfly.resources" . | nindent 8 }}
      volumeMounts:
        - {name: data, mountPath: /data}
        - {name: tmp, mountPath: /tmp}
        - {name: config, mountPath: /app/config, readOnly: true}
        {{- if $tls }}
        - {name: tls, mountPath: /tls, readOnly: true}
        {{- end }}
        {{- if and $database (not $root.Values.postgresql.enabled) $root.Values.database.external.caSecret }}
        - {name: database-ca, mountPath: /database, readOnly: true}
        {{- end }}
  volumes:
    {{- if ne .component "all" }}
    # All of it can be fetched or made again.
    - name: data
      emptyDir: {sizeLimit: {{ .values.cacheSize }}}
    {{- end }}
    - name: tmp
      emptyDir: {sizeLimit: 1Gi}
    - name: config
      configMap:
        name: {{ include "mayfly.fullname" $root }}-{{ .component }}
    {{- if $tls }}
    - name: tls
      secret:
        secretName: {{ $root.Values.cluster.tls.existingSecret }}
        defaultMode: 0440
    {{- end }}
    {{- if and $database (not $root.Values.postgresql.enabled) $root.Values.database.external.caSecret }}
    - name: database-ca
      secret:
        secretName: {{ $root.Values.database.external.caSecret }}
        items:
          - {key: {{ $root.Values.database.external.caKey }}, path: ca.crt}
    {{- end }}
  {{- with .values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if ne .component "all" }}
  # No node and no zone takes more of them along than it must.
  topologySpreadConstraints:
    {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
    - topologyKey: {{ . }}
      maxSkew: 1
      whenUnsatisfiable: ScheduleAnyway
      matchLabelKeys: [pod-template-hash]
      labelSelector:
        matchLabels:
          {{- include "mayfly.selector" $ | nindent 10 }}
    {{- end }}
  {{- end }}
{{- end }}

{{- /* What the environment brings: secrets, and the JVM's options. All else is in application.yaml. */}}
{{- define "mayfly.env" -}}
{{- $root := .root }}
- name: JDK_JAVA_OPTIONS
  value: {{ .values.jvmOptions | quote }}
- name: SERVER_ADDRESS
  value: 0.0.0.0
- name: MAYFLY_DATADIR
  value: /data
{{- if ne .component "all" }}
{{ include "mayfly.secretEnv" (list "MAYFLY_CLUSTER_SECRET" (include "mayfly.clusterSecret" $root) $root.Values.cluster.secretKey) }}
{{- end }}
- name: MAYFLY_ACCESS_KEYS_0_NAME
  value: chart
{{ include "mayfly.secretEnv" (list "MAYFLY_ACCESS_KEYS_0_HASH" (include "mayfly.accessSecret" $root) "api-key-hash") }}
{{- if ne .component "worker" }}
{{- range $i, $key := $root.Values.access.keys }}
{{- $variable := printf "MAYFLY_ACCESS_KEYS_%d" (add $i 1) }}
- name: {{ $variable }}_NAME
  value: {{ $key.name | quote }}
{{- if $key.existingSecret }}
{{ include "mayfly.secretEnv" (list (print $variable "_HASH") $key.existingSecret $key.secretKey) }}
{{- else }}
{{ include "mayfly.secretEnv" (list (print $variable "_HASH") (include "mayfly.fullname" $root) (printf "hash-of-%s" $key.name)) }}
{{- end }}
{{- with $key.maxConcurrency }}
- name: {{ $variable }}_MAXCONCURRENCY
  value: {{ . | quote }}
{{- end }}
{{- end }}
{{- if include "mayfly.callsBack" $root }}
{{ include "mayfly.secretEnv" (list "MAYFLY_CALLBACKS_SECRET" (include "mayfly.callbackSecret" $root) $root.Values.callbacks.secretKey) }}
{{- end }}
{{- if $root.Values.postgresql.enabled }}
- name: SPRING_DATASOURCE_USERNAME
  value: mayfly
{{ include "mayfly.secretEnv" (list "SPRING_DATASOURCE_PASSWORD" (include "mayfly.postgresqlSecret" $root) $root.Values.postgresql.secretKey) }}
{{- else if $root.Values.database.external.url }}
{{- $external := $root.Values.database.external }}
{{ include "mayfly.secretEnv" (list "SPRING_DATASOURCE_USERNAME" $external.existingSecret $external.usernameKey) }}
{{ include "mayfly.secretEnv" (list "SPRING_DATASOURCE_PASSWORD" $external.existingSecret $external.passwordKey) }}
{{- end }}
{{- end }}
{{- with .values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "mayfly.secretEnv" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end }}

{{- /* /dev/kvm is a resource of the node's device plugin; those are asked for as limits. */}}
{{- define "mayfly.resources" -}}
{{- $resources := deepCopy .values.resources }}
{{- if and (ne .component "control-plane") (eq .root.Values.engine.type "microvm") }}
{{- $limits := default dict $resources.limits }}
{{- $_ := set $limits .root.Values.engine.kvm.resource "1" }}
{{- $_ := set $resources "limits" $limits }}
{{- end }}
{{- toYaml $resources }}
{{- end }}
