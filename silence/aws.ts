import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Installation } from '../infra/config';
import { bucketPorts } from '../replay/bucket';
import type { SilencePorts } from './ports';

/** The ports as calls to S3, with the credentials that the AWS SDK finds by itself. */
export function awsPorts(where: Pick<Installation, 'account' | 'region' | 'names'>): SilencePorts {
  const { account, region, names } = where;
  const client = new S3Client({ region });
  const place = { Bucket: names.bucket, ExpectedBucketOwner: account };
  return {
    ...bucketPorts(where),
    write: async (key, body) => {
      await client.send(new PutObjectCommand({ ...place, Key: key, Body: body, ContentType: 'application/json' }));
    },
  };
}
