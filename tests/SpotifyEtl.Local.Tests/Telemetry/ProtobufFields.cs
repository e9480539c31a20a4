using System.Buffers.Binary;
using System.Text;

namespace SpotifyEtl.Local.Tests.Telemetry;

/// <summary>The fields of one protobuf message, in the order in which they came.</summary>
internal sealed class ProtobufFields
{
    private readonly List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtobufFields(ReadOnlyMemory<byte> message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var key = ReadVarint(message.Span, ref at);
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    _fields.Add((number, ReadVarint(message.Span, ref at), default));
                    break;
                case 1:
                    _fields.Add((number, BinaryPrimitives.ReadUInt64LittleEndian(message.Span[at..]), default));
                    at += sizeof(ulong);
                    break;
                case 2:
                    var length = (int)ReadVarint(message.Span, ref at);
                    _fields.Add((number, 0, message.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    _fields.Add((number, BinaryPrimitives.ReadUInt32LittleEndian(message.Span[at..]), default));
                    at += sizeof(uint);
                    break;
                default:
                    throw new FormatException($"Byte {at} begins no protobuf field.");
            }
        }
    }

    public IEnumerable<ProtobufFields> Messages(int number) => _fields.Where(field => field.Number == number).Select(field => new ProtobufFields(field.Bytes));

    public ProtobufFields? Message(int number) => Messages(number).LastOrDefault();

    public bool Has(int number) => _fields.Exists(field => field.Number == number);

    public ulong Number(int number) => _fields.FindLast(field => field.Number == number).Value;

    public double Double(int number) => BitConverter.UInt64BitsToDouble(Number(number));

    public string Text(int number) => Encoding.UTF8.GetString(_fields.FindLast(field => field.Number == number).Bytes.Span);

    public string Hex(int number) => Convert.ToHexStringLower(_fields.FindLast(field => field.Number == number).Bytes.Span);

    private static ulong ReadVarint(ReadOnlySpan<byte> message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
