using Amazon.Runtime;
using Amazon.S3.Model;
using SpotifyEtl.Aws;

namespace SpotifyEtl.Lake.S3;

/// <summary>
/// Reads an object from its start to its end. A connection that breaks on the way is made again from where it broke, on the same object: should
/// another be under the key by then, reading fails.
/// </summary>
internal sealed class S3ReadStream : Stream
{
    private const int MostBreaksInARow = 5;

    private readonly S3Bucket _bucket;
    private readonly string _key;
    private readonly long _length;
    private readonly string _etag;
    private GetObjectResponse? _response;
    private long _position;
    private int _breaks;

    public S3ReadStream(S3Bucket bucket, string key, GetObjectResponse response)
    {
        _bucket = bucket;
        _key = key;
        _response = response;
        _length = response.ContentLength;
        _etag = response.ETag;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            _response ??= await _bucket.GetAsync(_key, _position, _etag, cancellationToken);
            try
            {
                var read = await _response.ResponseStream.ReadAsync(buffer, cancellationToken);
                if (read > 0 || buffer.IsEmpty || _position == _length)
                {
                    _position += read;
                    _breaks = read > 0 ? 0 : _breaks;
                    return read;
                }

                Break(new EndOfStreamException($"{_length - _position} bytes are missing at its end"));
            }
            catch (Exception exception) when (AwsFailure.IsOfAws(exception, cancellationToken))
            {
                Break(exception);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _response?.Dispose();
            _response = null;
        }

        base.Dispose(disposing);
    }

    private void Break(Exception exception)
    {
        _response?.Dispose();
        _response = null;
        // The SDK's own exception tells that all bytes have come and their checksum is wrong.
        if (exception is AmazonClientException || ++_breaks > MostBreaksInARow)
        {
            throw AwsFailure.Of(exception, new AwsCall($"read {_bucket.Address(_key)} to its end", "s3:GetObject"));
        }
    }
}
