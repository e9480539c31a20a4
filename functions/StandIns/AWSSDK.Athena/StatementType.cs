using Amazon.Runtime;

namespace Amazon.Athena;

public class StatementType : ConstantClass
{
    public static readonly StatementType DDL = new("DDL");

    public static readonly StatementType DML = new("DML");

    public static readonly StatementType UTILITY = new("UTILITY");

    public StatementType(string value)
        : base(value)
    {
    }

    public static implicit operator StatementType(string value) => FindValue(value);

    public static StatementType FindValue(string value) => FindValue<StatementType>(value);
}
