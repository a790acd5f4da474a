package dev.llmgateway.bench;

import java.nio.file.Path;

/**
 * nginx as a plain reverse proxy: one worker, upstream connections kept alive, no access log. Answers are buffered as by
 * default, streams are not: the upstream's {@code X-Accel-Buffering: no} says so.
 */
final class NginxConfig {
    private NginxConfig() {}

    static String text(Path home, int port, int upstreamPort) {
        boolean root = System.getProperty("user.name").equals("root");
        return """
                daemon off;
                worker_processes 1;
                worker_rlimit_nofile 8192;
                %4$s
                pid %1$s/nginx.pid;
                events { worker_connections 4096; }
                http {
                  access_log off;
                  keepalive_requests 1000000000;
                  keepalive_timeout 600s;
                  tcp_nodelay on;
                  client_max_body_size 64m;
                  client_body_buffer_size 1m;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  upstream mock {
                    server 127.0.0.1:%3$d;
                    keepalive 1200;
                    keepalive_requests 1000000000;
                    keepalive_timeout 600s;
                  }
                  server {
                    listen 127.0.0.1:%2$d backlog=4096;
                    location / {
                      proxy_pass http://mock;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                    }
                  }
                }
                """.formatted(home, port, upstreamPort, root ? "user root;" : "");
    }
}
