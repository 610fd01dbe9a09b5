//! The words that bodies are named by and the words that end a name. Plain lists: what the reader knows of Vietnamese
//! administration, before and after 2025, in one place. Words without accents are compared without.

use std::sync::LazyLock;

use super::words::Lexicon;

/// Words a body's name begins with, whatever follows.
pub(super) static HEADS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "cong an; uy ban nhan dan; ubnd; ubmttq; ubmttqvn; uy ban mat tran; uy ban mttq; uy ban mttqvn;
     uy ban dan toc; uy ban trung uong; uy ban; mat tran to quoc; mttq; mttqvn; hoi dong nhan dan;
     hdnd; van phong; toa an nhan dan; toa an; tand; vien kiem sat; vien kiem sat nhan dan; vksnd; thi hanh an dan su;
     bao hiem xa hoi; bhxh; kho bac nha nuoc; kho bac; ngan hang; nhcsxh; chi nhanh;
     phong giao dich; lien doan lao dong; ldld; tinh doan; thanh doan; huyen doan; quan doan;
     thi doan; doan thanh nien; doan tncs; doan tncshcm; lien minh hop tac xa; lien minh htx;
     lien hiep; bo chi huy; ban chi huy; bch; bo tu lenh; bo doi bien phong; quan su; bo chqs;
     ban chqs; thanh tra tinh; thanh tra nhà nước; ban chi dao; bcd; to cong tac; tinh uy; huyen uy;
     thanh uy; thi uy; quan uy; dang uy; dang bo; ban thuong vu; ban tuyen giao; ban dan van;
     ban noi chinh; ban quan ly; ban bien tap; bbt; cong thong tin dien tu; cong ttdt; trung tam;
     cuc canh sat; chi cuc; tong cuc; tong cong ty; cong ty; tap doan; buu dien; vnpt; viettel;
     mobifone; vinaphone; trai giam; trai tam giam; co so giao duc bat buoc; truong giao duong;
     hoc vien; dai hoc; benh vien; quan ly thi truong; hai quan; cuc thue; chi cuc thue; thue tinh;
     thong ke tinh; dien luc; hiep hoi; lien minh; doan luat su; thong tan xa; bao va phat thanh;
     bao va phat thanh , truyen hinh; bao va phat thanh - truyen hinh;
     bao , phat thanh va truyen hinh; bao va dai; tap chi; hoi dong phoi hop; chinh quyen; cap uy;
     luc luong cong an; co quan thuong truc; to chuc chinh tri; nha xuat ban; thu vien; bao tang;
     cum thi dua; khoi thi dua; cong doan; co quan canh sat; cơ quan dieu tra;
     thanh nien xung phong; doan the chinh tri; buu chinh; trung doan; lữ đoàn; cang vu; tram y te;
     hat kiem lam; vien thong; kiem lam; thanh tra thanh pho; thanh tra huyen; thanh tra so; thue thanh pho;
     thue khu vuc; thue co so; thong ke thanh pho; ban to chuc; ban quan tri; ban vi su tien bo;
     lien hiep cac; vuon quoc gia; khu bao ton; khu du lich; nha van hoa; cang hang khong; cau lac bo; quy bao tro;
     quy ho tro; nha khach; hop tac xa; lang tre em",
    )
});

/// One word heads: a capital must follow, or what they name is something else.
pub(super) static SHORT_HEADS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "sở; bộ; ban; cục; vụ; viện; phòng; đội; đài; báo; hội; đoàn; trường; quỹ; đồn; tổ; thuế; khoa",
    )
});

/// What a one word head is not, when this word follows.
pub(super) static NOT_HEADS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "ban hành; báo cáo; báo tin; hội nghị; hội thảo; hội thi; hội diễn; hội viên; hội đàm; tổ chức; phòng chống; phòng ngừa;
     sở hữu; bộ phận; bộ luật; trường hợp; đoàn kết; đoàn viên; đội ngũ; van phong pham; viện trợ; quỹ đất; vụ việc; vụ án",
    )
});

/// Offices that stand for their body: "Giám đốc Sở Tài chính" is Sở Tài chính.
pub(super) static OFFICES: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "thu truong; nguoi dung dau; lanh dao; pho giam doc; giam doc; tong giam doc; chu tich;
     pho chu tich; cuc truong; chi cuc truong; vien truong; vu truong; tong bien tap;
     truong cong an; hieu truong; chi huy truong; doi truong; dong chi; cac dong chi; bi thu",
    )
});

/// Words that stand for their body and are part of its name: "Trưởng ban Dân tộc" is Ban Dân tộc.
pub(super) static OFFICES_OF: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of("chánh; trưởng"));

/// Kinds of bodies a group is made of. Short ones carry accents: "sở" is not "số".
pub(super) static CLASSES: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "sở; ban; ngành; đoàn thể; co quan; don vi; hop tac xa; dia phuong; to chuc; huyện; thi xa;
     thanh pho; xã; phường; thi tran; dac khu; quận; hội; doanh nghiep; trường; phòng; ban nganh;
     so nganh; thanh vien; co so giao duc; co so dao tao; cong ty; nha truong; truong hoc; cá nhân;
     cấp; cap huyen; cap xa; cap tinh; hoi doan the; khối; cum; thon; bản; khu pho; ấp; to dan pho;
     hiep hoi; ngan hang; tp; chi nhanh; tx; bộ; co quan bao chi; phuong tien; chinh quyen; cap uy;
     chi bo; dang bo; cap hoi; to chuc hoi; truong dai hoc; trung tam; lực lượng; đài; báo; vien;
     đoàn; ban dang; ban hdnd; bo phan; mat tran; benh vien",
    )
});

/// Words after the kinds of a group that still belong to it.
pub(super) static GROUP_TAILS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "có liên quan; co lien quan; lien quan; nêu trên; neu tren; chuc nang; truc thuoc; tren dia ban;
     o dia phuong; tại địa phương; chinh tri; xa hoi; nghe nghiep; bao chi; truyen thong;
     vien thong; internet; cap tinh; cap huyen; cap xa; cac cap; thành viên; nha nuoc; chuyen mon;
     quan ly; tham gia; mat tran; đoàn thể; dong tren; co ten tren; cung cap; duoc phan cong; trung hoc pho thong; trung hoc co so;
     tieu hoc; mam non; dai hoc; cao dang; su nghiep cong lap; cong lap; ngoai cong lap;
     duoc giao nhiem vu",
    )
});

/// Levels and small words inside a name.
pub(super) static LEVELS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "tỉnh; thanh pho; huyện; thi xa; xã; phường; quận; thi tran; dac khu; tp; tx; cap tinh;
     cap huyen; cap xa",
    )
});

/// The fields of departments and the long names whose words would otherwise be taken for verbs. After a head.
pub(super) static FIELDS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "tai chinh; tai chinh ke hoach; lao dong - viec lam; lao dong viec lam; viec lam; tai chinh - ke hoach; noi vu; tu phap; y te; xay dung;
     cong thuong; ngoai vu; giao duc va dao tao; gd & dt; gd&dt; gddt; gdđt; khoa hoc va cong nghe;
     kh&cn; khcn; thong tin va truyen thong; thong tin truyen thong; tt&tt; tttt;
     thong tin - truyen thong; lao dong - thuong binh va xa hoi; lao dong , thuong binh va xa hoi;
     lao dong thuong binh va xa hoi; lao dong tb&xh; ldtb&xh; ld-tb&xh; ldtbxh; lao dong - tb&xh;
     lao dong tbxh; ld - tb&xh; ldtb va xh; lao dong - thuong binh - xa hoi;
     van hoa , the thao va du lich; van hoa the thao va du lich; van hoa - the thao va du lich;
     van hoa va the thao; vh,tt&dl; vhttdl; vhtt&dl; vh - tt&dl; vhtt;
     van hoa - thong tin va the thao; van hoa , thong tin va the thao;
     van hoa thong tin va the thao; vhtt&tt; vhtt-tt; van hoa - thong tin; van hoa va thong tin;
     van hoa thong tin; van hoa - xa hoi; van hoa xa hoi; van hoa , khoa hoc va thong tin;
     van hoa - the thao va truyen thanh; van hoa , the thao va truyen thanh;
     van hoa , the thao va truyen thong; du lich; nong nghiep va moi truong;
     nong nghiep va phat trien nong thon; nong nghiep va ptnt; nong nghiep & ptnt; nn&ptnt;
     tai nguyen va moi truong; tn&mt; ke hoach va dau tu; kh&dt; giao thong van tai; gtvt; dan toc;
     dan toc va ton giao; dan toc ton giao; quy hoach - kien truc; quy hoach va kien truc;
     an toan thuc pham; thuong mai; quoc phong; cong an; ngoai giao; kinh te;
     kinh te , ha tang va do thi; kinh te - ha tang; nghien cuu va ung dung;
     quan ly tam giu , tam giam va thi hanh an hinh su tai cong dong;
     quan ly tam giu , tam giam va thi hanh an hinh su; cs qltgtg&thahs;
     canh sat thi hanh an hinh su va ho tro tu phap; canh sat quan ly hanh chinh ve trat tu xa hoi;
     canh sat hinh su; canh sat dieu tra; thi hanh an hinh su va ho tro tu phap;
     thi hanh an hinh su tai cong dong;
     canh sat quan ly trai giam , co so giao duc bat buoc , truong giao duong;
     an ninh mang va phong , chong toi pham su dung cong nghe cao;
     an ninh mang va phong chong toi pham su dung cong nghe cao; an ninh chinh tri noi bo; tham muu;
     chinh sach xa hoi viet nam; chinh sach xa hoi; nha nuoc viet nam; nha nuoc; nhan dan;
     mat tran to quoc viet nam; mat tran to quoc; mttq viet nam; mttqvn; mttq; lien hiep phu nu;
     lhpn; nong dan; cuu chien binh; cuu chien binh viet nam; cuu thanh nien xung phong; luat gia;
     chu thap do; nguoi cao tuoi; khuyen hoc; nha bao; doanh nhan tre; doanh nghiep; cuu giao chuc;
     lien hiep phu nu viet nam; nong dan viet nam; thanh nien cong san ho chi minh;
     tncs ho chi minh; tncs hcm; phat thanh va truyen hinh; phat thanh , truyen hinh;
     phat thanh truyen hinh; phat thanh - truyen hinh; pt&th; pt-th; ptth; truyen thanh co so;
     truyen thanh - truyen hinh; truyen thanh; truyen thong va van hoa; chi huy quan su;
     chi huy bo doi bien phong; bo doi bien phong; tuyen giao va dan van; tuyen giao; dan van;
     to chuc; noi chinh; kiem tra; quan ly cac khu cong nghiep; quan ly khu kinh te;
     thi hanh an dan su; thi dua - khen thuong; thi dua khen thuong; bao ve chinh tri;
     dich vu viec lam; tro giup phap ly nha nuoc; tro giup phap ly; cong tac xa hoi; khuyen nong;
     giao duc nghe nghiep - giao duc thuong xuyen; giao duc nghe nghiep; giao duc thuong xuyen;
     cong nghe thong tin; chuyen doi so; dao tao; dan so; kiem soat benh tat; doan dbqh va hdnd;
     doan đbqh & hđnd; hdnd va ubnd; hdnd & ubnd; hdnd&ubnd;
     doan dai bieu quoc hoi va hoi dong nhan dan; hoi dong nhan dan va uy ban nhan dan; tong hop;
     hanh chinh - tong hop; to chuc - hanh chinh; to chuc hanh chinh;
     thong tin - bao chi - xuat ban; bao chi - xuat ban; bao chi xuat ban;
     thong tin bao chi xuat ban; quan ly bao chi - xuat ban; quan ly van hoa; nghiep vu;
     quan ly thi truong; hanh chinh cong; phuc vu hanh chinh cong; dieu hanh do thi thong minh;
     bien phong; kiem nghiem; an toan giao thong; vi su tien bo cua phu nu; tiep cong dan;
     bao ve , cham soc suc khoe can bo; bao ve cham soc suc khoe can bo; các khu cong nghiep; các khu che xuat va cong nghiep;
     khu kinh te; khu cong nghe cao; quan ly du an dau tu xay dung",
    )
});

/// Words of a sentence that follow a body's name and are no part of it: verbs and what leads to them. Compared in
/// small letters only, so that "Sở Xây dựng xây dựng …" is read.
pub(super) static VERBS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "chu tri; phoi hop; to chuc; xay dung; tham muu; trien khai; thuc hien; chi dao; huong dan;
     theo doi; don doc; kiem tra; giam sat; tong hop; tap hop; bao cao; chiu trach nhiem;
     co trach nhiem; chu dong; tang cuong; day manh; tiep tuc; thuong xuyen; kip thoi; bo tri;
     can doi; dinh huong; cung cap; dang tai; dang tin; dang ky; dua tin; tuyen truyen; pho bien;
     quan triet; nghien cuu; ra soat; thong ke; lap danh sach; lap ke hoach; lap du toan; ban hanh;
     cu the hoa; de xuat; de nghi; kien nghi; yeu cau; phan cong; giao nhiem vu; van dong; huy dong;
     phan bo; tham dinh; thanh tra; tham gia; gioi thieu; tu van; ho tro; giup do; tiep nhan;
     quan ly; giao duc; cap phat; su dung; khai thac; phat huy; phat trien; phat dong; phan anh;
     phan loai; bao dam; dam bao; duy tri; nang cao; doi moi; tap trung; tap huan; dao tao;
     boi duong; mo rong; nhan rong; bieu duong; khen thuong; so ket; tong ket; danh gia; xac dinh;
     xac minh; lựa chọn; lua chon; thanh lap; kien toan; cu can bo; cử; gửi; gui; goi; lồng ghép;
     long ghep; gan ket; tao dieu kien; giai quyet; xu ly; dau tranh; phong ngua; ngan chan;
     phat hien; canh bao; nam tinh hinh; nam bat; tranh thu; quyet dinh; phe duyet; trinh; giup;
     van hanh; cap nhat; truyen tai; san xuat; bien soan; in an; phat hanh; phat song; bien tap; mở;
     lập; xem xét; xem xet; thu thap; thuc thi; quy dinh; quan tam; khuyen khich; khao sat; uu tien;
     thong nhat; thong bao; thong tin kip thoi; thong qua; tuy theo; căn cứ; can cu; dua tren;
     tren co so; hang nam; hằng năm; dinh ky; hoan thanh; hoàn thiện; hoan thien; bam sat; cụ thể;
     tiến hành; tien hanh; co ke hoach; có kế hoạch; có văn bản; co van ban; chuan bi; cham nhat;
     xay dung va; chăm lo; cham lo; rà soát; nghiem tuc; khan truong; chap hanh; lien he; niem yet;
     trang bi; treo; ky ket; ký; tư vấn; trao doi; tiep thu; tiếp cận; cong khai; sẵn sàng;
     huong ung; nhận; chon; tich cuc; tich hop; tu to chuc; trực tiếp; truc tiep; gắn; đưa;
     xây; cân đối; nêu cao; phụ trách; phu trach; thẩm tra; ung dung; van dung; bổ sung; bo sung;
     điều chỉnh; dieu chinh; dieu tra; chuyển; tham khao; thanh quyet toan; quyet toan; phat thanh;
     cho vay; giai ngan; rut kinh nghiem; lam đầu mối; lam dau moi; làm; tiếp; khac phuc; bao ve;
     tham van; gop y; tra loi; giai dap; hoa giai; nhac nho; trien lam; quang ba; chia se; lan toa;
     dieu hanh; cap; kết nối; ket noi; tim kiem; tao; giới thiệu; nghiem thu; hop; họp; đôn đốc; day nhanh; lanh dao",
    )
});

/// Small words that end a name as well.
pub(super) static LINKS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "để; nhằm; trong; theo; về; cho; với; qua; khi; nếu; là; đã; sẽ; được; bị; cần; phải; do; từ;
     đến; trước; sau; khẩn; không; đang; còn; mà; như; thì; vào; bằng; ngoài; nên; nhưng; chưa;
     cùng; tại; lên; hoặc; hay; xong; hết; đề; có; đối; xét; nhất; ngay; gồm; giao; ket qua;
     tinh hinh",
    )
});

/// Verbs with a capital that are part of a name: "Ban Quản lý", "Phòng Quản lý đô thị".
pub(super) static NAMED_LIKE_VERBS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "Quản lý; quan ly; nghien cuu; ho tro; tu van; bao ve; dao tao; giao duc; phat trien;
     phat thanh; xay dung; kiem tra; thanh tra; to chuc; thong ke; tiep; cap; tong hop; tham muu;
     ung dung; xuc tien; tap huan",
    )
});

/// Heads that name a body without another word.
pub(super) static WHOLE: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        "vnpt; viettel; mobifone; nhcsxh; cong an; mttq; tinh uy; tinh doan; bhxh; ubmttqvn; ubmttq;
     mttqvn; van phong; chinh quyen; thanh doan; huyen uy; ban chi dao; bcd; bbt; ban bien tap;
     cong doan; thanh uy; lien doan lao dong; kho bac nha nuoc; cong thong tin dien tu; cong ttdt;
     bao hiem xa hoi; co quan thuong truc; luc luong cong an; thanh tra tinh; thanh tra thanh pho; thanh tra huyen;
     thanh tra so; thue tinh; thue thanh pho; thong ke tinh; thong ke thanh pho; ban tuyen giao; ban dan van; ban noi chinh;
     dang uy; thi uy; quan uy; buu dien; dien luc; cuc thue; hai quan",
    )
});

/// "Sở" as a scanner misreads it, before a department's field.
pub(super) const MISREAD_SO: &[&str] = &["só", "sờ", "sơ", "sớ", "so", "sỏ", "sỡ", "số", "sợ"];

/// The Party's committees, whose bodies are named by them.
pub(super) const COMMITTEES: &[&str] =
    &["tinh uy", "thanh uy", "huyen uy", "thi uy", "quan uy", "dang uy", "dang bo"];

/// What goes on with the name of a bank, an insurance or a company.
pub(super) const BRANCHES: &[&str] = &["chi nhanh", "phong giao dich"];

/// Zones that one board runs besides another.
pub(super) const ZONES: &[&str] = &[
    "các khu cong nghiep",
    "các khu kinh te",
    "các khu che xuat",
    "các cum cong nghiep",
    "khu cong nghiep",
    "khu kinh te",
    "khu che xuat",
    "cum cong nghiep",
];
