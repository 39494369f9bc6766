# In place of docker where there is no engine: takes every command, and pushes a manifest without layers for a build.
case "$1 $2" in
  'buildx build') ;;
  login*) cat > /dev/null && exit ;;
  *) exit 0 ;;
esac
while [ "$1" != --tag ]; do shift; done
reference=${2#*/}
config='{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2}'
manifest='{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":'$config',"layers":[]}'
aws ecr put-image --region "$REGION" --repository-name "${reference%:*}" --image-tag "${reference#*:}" --image-manifest "$manifest" > /dev/null
