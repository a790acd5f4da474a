# Sourced by ./verify and ./llm-gateway: sets JAVA_HOME to a JDK 21 or newer, or ends with a sentence that says what to do.
# A JAVA_HOME that is new enough is kept; otherwise the newest JDK of the usual places is taken.

# Prints the feature release (17, 21, 25) of the JDK in directory $1, or nothing when there is no JDK.
jdk_release() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release"
}

# Prints "release directory" for every JDK found, one a line.
jdk_candidates() {
    path_javac=$(command -v javac || true)
    for home in /usr/lib/jvm/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        "${path_javac:+$(dirname "$(dirname "$(readlink -f "$path_javac")")")}"; do
        release=$(jdk_release "$home")
        if [ -n "$release" ]; then
            echo "$release $home"
        fi
    done
}

find_jdk() {
    own=$(jdk_release "${JAVA_HOME:-}")
    if [ "${own:-0}" -ge 21 ]; then
        export JAVA_HOME
        return
    fi
    best=$(jdk_candidates | sort -rn | head -n 1)
    if [ "${best%% *}" -ge 21 ] 2>/dev/null; then
        JAVA_HOME=${best#* }
        export JAVA_HOME
        return
    fi
    if [ -n "$best" ]; then
        found="the newest one here is ${best%% *} in ${best#* }"
    else
        found="none was found"
    fi
    echo "llm-gateway needs a JDK 21 or newer, and $found. Install one (apt-get install openjdk-21-jdk-headless" \
        "on Debian 13, or https://adoptium.net) or set JAVA_HOME to one." >&2
    exit 1
}
