import { gunzipSync } from 'node:zlib';
import { JoinRequest, WrappedJoinRequest, WrappedJoinRequest_Compression } from '@livekit/protocol';

const largestRequestBytes = 256 * 1024;

/** The `join_request` query parameter of `/rtc/v1`: base64url of a protobuf that holds a (gzipped) protobuf. */
export function readJoinRequest(parameter: string | null): JoinRequest {
  const wrapped = WrappedJoinRequest.fromBinary(Buffer.from(parameter ?? '', 'base64url'));
  const isZipped = wrapped.compression === WrappedJoinRequest_Compression.GZIP;
  return JoinRequest.fromBinary(
    isZipped
      ? gunzipSync(wrapped.joinRequest, { maxOutputLength: largestRequestBytes })
      : wrapped.joinRequest,
  );
}
