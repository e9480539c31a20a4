namespace Benchmarks.Soak.Fuzz;

/// <summary>Damages raw files in ways that follow from a seed alone.</summary>
internal sealed class Mutator(ulong seed)
{
    private const int MaxBytes = 16 << 10;

    private readonly SeededChoices _choices = new(seed);
    private List<byte> _input = [];

    /// <summary>Makes the next input.</summary>
    public byte[] Next()
    {
        _input = [.. Pick(FuzzCorpus.Files)];
        for (var steps = _choices.Between(1, 6); steps > 0; steps--)
        {
            Damage();
        }

        return [.. _input];
    }

    private void Damage()
    {
        var (from, count) = Range(_input);
        switch (_choices.Below(8))
        {
            case 0 when _input.Count > 0:
                _input[_choices.Below(_input.Count)] ^= (byte)(1 << _choices.Below(8));
                break;
            case 1 when _input.Count > 0:
                _input[_choices.Below(_input.Count)] = (byte)_choices.Below(256);
                break;
            case 2:
                _input.RemoveRange(from, count);
                break;
            case 3:
                Insert(_input.GetRange(from, count));
                break;
            case 4:
                var other = Pick(FuzzCorpus.Files);
                var (start, length) = Range(other);
                Insert(other.AsSpan(start, length).ToArray());
                break;
            case 5 when _choices.Below(4) == 0:
                _input.RemoveRange(from, _input.Count - from);
                break;
            default:
                Insert(Pick(FuzzCorpus.Tokens));
                break;
        }
    }

    private void Insert(IReadOnlyList<byte> bytes)
    {
        if (_input.Count + bytes.Count <= MaxBytes)
        {
            _input.InsertRange(_choices.Between(0, _input.Count), bytes);
        }
    }

    // Mostly a few bytes, now and then a large part.
    private (int From, int Count) Range(IReadOnlyList<byte> bytes)
    {
        var from = _choices.Between(0, bytes.Count);
        var most = bytes.Count - from;
        return (from, _choices.Between(0, _choices.Below(4) == 0 ? most : Math.Min(most, 12)));
    }

    private byte[] Pick(IReadOnlyList<byte[]> some) => some[_choices.Below(some.Count)];
}
